"""The project's settings: one file, read from the environment through typed readers.

With nothing set, the project is a demonstration: an embedded PostgreSQL, a secret key of its own in
`var/`, this machine's addresses only. As soon as one of DEBUG, SECRET_KEY, ALLOWED_HOSTS and
DATABASE_URL is set, it is somebody's installation, and what is missing is said in one sentence
(unless DEMONSTRATION says otherwise).
"""

import os
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

from factcheck.database.cluster import default_home
from factcheck.publisher_file import read_publisher

BASE_DIR = Path(__file__).resolve().parent.parent


# Readers


def env_text(name: str, default: str = "") -> str:
    """The variable's text without surrounding space, or `default`."""
    return os.environ.get(name, default).strip()


def env_bool(name: str, default: bool) -> bool:
    """True or false from 1/0, true/false, yes/no, on/off; anything else is refused."""
    text = env_text(name).lower()
    if not text:
        return default
    if text in {"1", "true", "yes", "on"}:
        return True
    if text in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not “{text}”.")


def env_list(name: str) -> list[str]:
    """The parts of a comma-separated list, empty ones left out."""
    return [part.strip() for part in env_text(name).split(",") if part.strip()]


def env_number(name: str, default: int) -> int:
    """A number from 1 to 65535; anything else is refused."""
    text = env_text(name, str(default))
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise ImproperlyConfigured(f"{name} must be a whole number up to 65535, not “{text}”.")
    return int(text)


def env_path(name: str, default: Path | None) -> Path | None:
    """The path, or `default`."""
    text = env_text(name)
    return Path(text).absolute() if text else default


def env_limit(name: str, default: str) -> tuple[int, int] | None:
    """How many requests within how many seconds, from “60/30”; None from “off”."""
    text = env_text(name, default)
    if text == "off":
        return None
    quota, slash, window = text.partition("/")
    numbers = [int(part) for part in (quota, window) if part.isascii() and part.isdigit()]
    if len(numbers) != 2 or not slash or not all(0 < number < 1_000_000 for number in numbers):
        raise ImproperlyConfigured(
            f"{name} must be requests/seconds, such as 60/30, or off, not “{text}”."
        )
    return numbers[0], numbers[1]


def env_database(name: str, *, options: dict[str, Any] | None = None) -> dict[str, Any]:
    """One of Django's database dictionaries from a libpq address in the environment."""
    try:
        parts: dict[str, Any] = dict(conninfo_to_dict(env_text(name)))
    except psycopg.ProgrammingError as error:
        raise ImproperlyConfigured(f"{name} is not a PostgreSQL address.") from error
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "OPTIONS": parts | (options or {}),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


# What kind of installation this is

INSTALLATION_VARIABLES = ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL")
DEBUG = env_bool("DEBUG", default=False)
DEMONSTRATION = env_bool(
    "DEMONSTRATION",
    default=not any(env_text(name) for name in ("DEBUG", *INSTALLATION_VARIABLES)),
)

if not DEBUG and not DEMONSTRATION:
    missing = [name for name in INSTALLATION_VARIABLES if not env_text(name)]
    if missing:
        raise ImproperlyConfigured(
            f"Without DEBUG the environment must set {' and '.join(missing)}; README.md says how."
        )


def local_secret_key() -> str:
    """The demonstration's own key: made once, readable by its owner alone."""
    path = BASE_DIR / "var" / "secret-key"
    path.parent.mkdir(mode=0o755, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text()
    with open(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text()


SECRET_KEY = env_text("SECRET_KEY") or local_secret_key()
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS") or ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS")

# Databases: app edits, owner migrates, public reads

DATABASE_HOME = default_home(BASE_DIR)
PUBLIC_OPTIONS = {"server_side_binding": True, "prepare_threshold": 1}


def databases() -> dict[str, dict[str, Any]]:
    """The three aliases, each on its own role; all embedded unless DATABASE_URL names a server."""
    if not env_text("DATABASE_URL"):
        embedded = {
            "ENGINE": "factcheck.database",
            "NAME": "factcheck",
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
        }
        return {
            "default": {**embedded, "USER": "factcheck_app"},
            "owner": {**embedded, "USER": "factcheck_owner"},
            "public": {**embedded, "USER": "factcheck_reader", "OPTIONS": PUBLIC_OPTIONS},
        }
    given = {
        name: name if env_text(name) else "DATABASE_URL"
        for name in ("DATABASE_OWNER_URL", "DATABASE_PUBLIC_URL")
    }
    return {
        "default": env_database("DATABASE_URL"),
        "owner": env_database(given["DATABASE_OWNER_URL"]),
        "public": env_database(given["DATABASE_PUBLIC_URL"], options=PUBLIC_OPTIONS),
    }


DATABASES = databases()
# In tests the two other aliases are the same database; grants have tests of their own.
DATABASES["owner"]["TEST"] = DATABASES["public"]["TEST"] = {"MIRROR": "default"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# The moment of a change, not of its transaction's beginning: it is compared with publications.
PGHISTORY_CREATED_AT_FUNCTION = "CLOCK_TIMESTAMP()"
# Reading asks for no person: public pages know no session.
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")

# Applications

INSTALLED_APPS = [
    "factcheck",  # before the admin, whose site template it replaces
    "factcheck.apps.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "qsessions",  # in place of django.contrib.sessions
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "rest_framework",
    "django_filters",
    "pgtrigger",
    "pghistory",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "factcheck.apps.LockOutConfig",
    "factcheck.apps.JobsConfig",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "factcheck.ledger",
    "sources",
    "claims",
    "factcheck.partners",
]

MIDDLEWARE = [
    "factcheck.common.middleware.SecurityHeaders",
    "factcheck.partners.middleware.OpenToOtherSites",
    "factcheck.common.compression.Compress",
    "django.middleware.security.SecurityMiddleware",
    "factcheck.common.page_language.PageLanguage",
    "factcheck.common.middleware.RefuseMalformedRequests",
    "factcheck.partners.middleware.KnowCallers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "factcheck.signing_in.middleware.Sessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "factcheck.signing_in.middleware.Authentication",
    "factcheck.signing_in.middleware.SecondFactor",
    "factcheck.signing_in.middleware.WorkingDay",
    "factcheck.signing_in.middleware.Messages",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "factcheck.signing_in.read_only.RefuseChanges",
    "axes.middleware.AxesMiddleware",  # last: it replaces the answer to who is locked out
]

ROOT_URLCONF = "factcheck.urls"
WSGI_APPLICATION = "factcheck.wsgi.application"
LOGIN_URL = "admin:login"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Signing in: password, then a code. A demonstration offers the second factor, an installation asks
# for it.

SECOND_FACTOR = env_bool("SECOND_FACTOR", default=not DEMONSTRATION)
OTP_TOTP_ISSUER = "Factcheck desk"
OTP_ADMIN_HIDE_SENSITIVE_DATA = True
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: it refuses who is locked out
    "django.contrib.auth.backends.ModelBackend",
]
AXES_HANDLER = "factcheck.signing_in.lock_out.Handler"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "ip_address"]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
# Whoever goes on trying while locked out does not keep the person out for longer.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "factcheck.signing_in.lock_out.name_tried"
AXES_CLIENT_IP_CALLABLE = "factcheck.common.client.client_network"
AXES_LOCKOUT_CALLABLE = "factcheck.signing_in.lock_out.locked_out"
# What was typed is kept with a failure, but for what opens something.
AXES_SENSITIVE_PARAMETERS = [
    "username",
    "ip_address",
    "code",
    "current_code",
    "old_password",
    "new_password1",
    "new_password2",
]
AXES_ENABLE_ADMIN = False  # factcheck.admin shows what can be reset, to administrators
AXES_DISABLE_ACCESS_LOG = True  # the list of sessions says who is signed in

# The API: reading, JSON, nothing else (a browsable API's forms leak what a filter may choose from)

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "UNAUTHENTICATED_USER": None,
    "EXCEPTION_HANDLER": "factcheck.common.problems.exception_handler",
    "DEFAULT_SCHEMA_CLASS": "claims.api.described.own_words.OwnWords",
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "OAS_VERSION": "3.1.0",
    "TITLE": "Who said what, and whether it is so",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "PREPROCESSING_HOOKS": ["claims.api.openapi.of_this_version"],
    "POSTPROCESSING_HOOKS": ["claims.api.openapi.finished"],
    "SORT_OPERATION_PARAMETERS": False,
}

# How much a program may ask, by kind of caller: a bucket of so many requests, which fills up again
# within so many seconds. Each process counts for itself.
API_LIMITS = {
    "anonymous": env_limit("API_LIMIT_ANONYMOUS", "60/30"),
    "keyed": env_limit("API_LIMIT_KEYED", "600/30"),
}

# Language, time, files

LANGUAGE_CODE = "en"
# The languages of the public pages, each by its own name. The desk and the API are in English.
LANGUAGES = [("en", "English"), ("fr", "Français"), ("uk", "Українська")]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
# A demonstration serves static files from where they lie, a deployment what it has collected.
WHITENOISE_USE_FINDERS = DEMONSTRATION or DEBUG
STATIC_ROOT = None if WHITENOISE_USE_FINDERS else BASE_DIR / "staticfiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # `collectstatic` packs as well: whoever can unpack is sent less, without packing anew.
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
SEEDS_DIR = BASE_DIR / "seeds"
# Where the daily dumps are kept; none are written where nobody has said where.
DUMPS_DIR = Path(env_text("DUMPS_DIR")) if env_text("DUMPS_DIR") else None
if DUMPS_DIR is None and DEMONSTRATION:
    # Beside the data that they are of.
    DUMPS_DIR = Path(env_text("DATABASE_HOME") or BASE_DIR / "var").absolute() / "dumps"
DUMPS_KEPT = 7

# Copies of pages: who stamps the time on them (RFC 3161), and the roots that this is believed by

TIMESTAMP_AUTHORITY = env_text("TIMESTAMP_AUTHORITY")
TIMESTAMP_ROOTS = env_text("TIMESTAMP_ROOTS")
if TIMESTAMP_AUTHORITY and not TIMESTAMP_ROOTS:
    raise ImproperlyConfigured(
        "TIMESTAMP_AUTHORITY needs TIMESTAMP_ROOTS: a PEM file with the certificates to trust."
    )

# The log: what signs its checkpoints, for the worker alone, and where copies of them are kept
# outside the database. A demonstration has both beside its data.

LOG_HOME = default_home(BASE_DIR) / "log" if DEMONSTRATION else None
LOG_KEY = env_text("LOG_KEY")
LOG_KEY_FILE = env_path("LOG_KEY_FILE", LOG_HOME and LOG_HOME / "key")
CHECKPOINTS_DIR = env_path("CHECKPOINTS_DIR", LOG_HOME and LOG_HOME / "checkpoints")

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

# Who publishes: the address under which the pages are known, where it is not the one they are asked
# for at, and what they say of their publisher

SITE_URL = env_text("SITE_URL").rstrip("/")
PUBLISHER = read_publisher(
    Path(env_text("PUBLISHER_FILE") or BASE_DIR / "factcheck" / "publisher.toml"),
    languages=[code for code, _ in LANGUAGES],
    english=LANGUAGE_CODE,
)

# Mails to people of the house. Without a server they are written to the terminal.

EMAIL_HOST = env_text("EMAIL_HOST")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
EMAIL_USE_TLS = env_bool("EMAIL_USE_TLS", default=True)
EMAIL_PORT = env_number("EMAIL_PORT", 587 if EMAIL_USE_TLS else 25)
EMAIL_HOST_USER = env_text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env_text("EMAIL_HOST_PASSWORD")
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = env_text("EMAIL_FROM", "factcheck@localhost")

# What reads articles and proposes claims, by dotted path; see claims/proposing/proposal.py.

PROPOSERS = env_list("PROPOSERS") or ["claims.proposing.reader.ArticleReader"]

# Security: what speaks of https holds wherever people do not sit at the machine itself

SECURED = not DEBUG and not DEMONSTRATION and env_bool("HTTPS", default=True)
SECURE_SSL_REDIRECT = SECURED and env_bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if SECURED else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURED
SECURE_HSTS_PRELOAD = SECURED
SECURE_REFERRER_POLICY = "same-origin"
BEHIND_PROXY = env_bool("BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURED
SESSION_COOKIE_NAME = "__Host-sessionid" if SECURED else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if SECURED else "csrftoken"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "qsessions.backends.db"
SESSION_COOKIE_AGE = 4 * 60 * 60  # since it was last used
SESSION_LONGEST_AGE = 12 * 60 * 60  # since the sign-in
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"unexpected": {"()": "factcheck.common.log_filters.OnlyUnexpected"}},
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {"django.request": {"filters": ["unexpected"]}},
    "root": {"handlers": ["console"], "level": env_text("LOG_LEVEL", "WARNING")},
}
