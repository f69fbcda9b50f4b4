"""The second factor: a code from the person's telephone (TOTP), or one of ten recovery codes.

django-otp keeps the devices, checks the codes, and makes who guesses wait longer each time.
"""

import secrets
import time
from base64 import b32encode
from binascii import unhexlify
from typing import Any

import segno
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.db import transaction
from django_otp import verify_token
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from factcheck.common.errors import InvalidInput

RECOVERY_CODES = 10
NAME = "Authenticator"
RECOVERY_NAME = "Recovery codes"
DIGITS = 6


def is_through(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether the second factor has been shown in this session, or none is asked of the person."""
    is_verified = getattr(user, "is_verified", None)
    if is_verified is not None and is_verified():
        return True
    return not settings.SECOND_FACTOR and device_of(user) is None


def device_of(user: Any) -> TOTPDevice | None:
    """The device that the person's codes come from."""
    return TOTPDevice.objects.filter(user_id=user.pk, confirmed=True).first()


def new_key() -> str:
    """A secret for a device that is about to be set up, in hexadecimal digits."""
    return secrets.token_hex(20)


def key_as_text(key: str) -> str:
    """The secret as a person types it where no camera reads it: groups of four letters."""
    text = b32encode(unhexlify(key)).decode()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def qr_code(user: User, key: str) -> str:
    """The secret as a picture for an authenticator: an SVG to stand in the page."""
    address = TOTPDevice(user=user, key=key).config_url
    # White around it, whatever the page's colours: many cameras read nothing else.
    return segno.make(address, error="m", micro=False).svg_inline(
        omitsize=True, border=4, dark="#000", light="#fff", title="QR code for an authenticator"
    )


@transaction.atomic
def set_up(user: User, *, key: str, code: str) -> tuple[TOTPDevice, list[str]]:
    """Take the device into use whose code this is, instead of the one before; with it the new
    recovery codes, which nobody can be shown again. Raises InvalidInput for another code.
    """
    User.objects.select_for_update().get(pk=user.pk)
    last_t = check_first_code(key, code)
    forget(user)
    device = TOTPDevice.objects.create(user=user, name=NAME, key=key, confirmed=True, last_t=last_t)
    return device, new_recovery_codes(user)


def check_first_code(key: str, code: str) -> int:
    """The half-minute that the code is of. Raises InvalidInput unless it is of this moment."""
    totp = TOTP(unhexlify(key))
    totp.time = time.time()
    digits = tidy(code)
    if not (is_number(digits) and totp.verify(int(digits), tolerance=1)):
        raise InvalidInput.at(
            "code",
            "This is not the code of the moment. Codes change every 30 seconds; the clock of the "
            "telephone has to be right.",
        )
    return int(totp.t())


@transaction.atomic
def new_recovery_codes(user: User) -> list[str]:
    """Ten codes in place of all earlier ones, as they are shown, once."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name=RECOVERY_NAME, confirmed=True)
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return [f"{code[:4]}-{code[4:]}" for code in codes]


def recovery_codes_left(user: User) -> int:
    """How many recovery codes have not been used."""
    return StaticToken.objects.filter(device__user=user).count()


@transaction.atomic
def forget(user: User) -> bool:
    """Remove device and recovery codes; whether there was a device."""
    StaticDevice.objects.filter(user=user).delete()
    count, _ = TOTPDevice.objects.filter(user=user).delete()
    return bool(count)


def check_code(user: User, code: str) -> TOTPDevice | StaticDevice:
    """The device that takes the code. A recovery code is used up by it.

    Raises InvalidInput for a wrong code, and for any code while the person has to wait.
    """
    text = tidy(code)
    # Either kind has its own waiting time, so that wrong codes do not take the recovery away.
    model = TOTPDevice if is_number(text) else StaticDevice
    device = model.objects.filter(user=user, confirmed=True).first()
    if device is None or not (text.isascii() and text.isalnum()):
        raise InvalidInput.at("code", "This is not the code.")
    allowed, reason = device.verify_is_allowed()
    if not allowed:
        raise InvalidInput.at("code", f"Too many wrong codes. Wait until {clock(reason)}.")
    verified = verify_token(user, device.persistent_id, text)
    if verified is None:
        raise InvalidInput.at("code", "This is not the code. Each code can be used only once.")
    return verified


def clock(reason: dict[str, Any]) -> str:
    """The time of the day from which on codes are taken again."""
    return f"{reason['locked_until']:%H:%M:%S} UTC"


def tidy(code: str) -> str:
    """The code without the spaces and hyphens that it is shown with."""
    return code.replace(" ", "").replace("-", "").lower()


def is_number(text: str) -> bool:
    """Whether it is a code of an authenticator rather than a recovery code."""
    return len(text) == DIGITS and text.isascii() and text.isdigit()
