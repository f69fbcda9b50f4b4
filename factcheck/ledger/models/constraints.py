"""Conditions that several tables of the ledger share."""

from django.db import models

SUBJECT_ID = r"^[0-9abcdefghjkmnpqrstvwxyz]{10}$"
SHA256 = r"^[0-9a-f]{64}$"


class Sha256Hex(models.Func):
    """The SHA-256 of a text in UTF-8, as PostgreSQL computes it, without an extension."""

    template = "encode(sha256(convert_to(%(expressions)s, 'UTF8')), 'hex')"
    arity = 1
    output_field = models.TextField()
