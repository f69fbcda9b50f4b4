#!/usr/bin/env python
"""Django's command line for the project."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError as error:
        raise SystemExit(
            "Django is not installed: make a virtual environment, run "
            "`pip install -r requirements.txt` in it, and use its python."
        ) from error
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
