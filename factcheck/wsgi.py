"""The WSGI application that the production server runs."""

import os

from django.core.wsgi import get_wsgi_application

from factcheck.common.middleware import Request

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")

django = get_wsgi_application()
# Refuses a Content-Type that makes Django fail before any middleware runs.
django.request_class = Request

# Stands on models, which are there from here on.
from factcheck.ready import Ready  # noqa: E402

application = Ready(django)
