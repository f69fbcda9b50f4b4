import re

import pytest
from django.db import connection

pytestmark = [pytest.mark.database, pytest.mark.django_db]

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def ids(count):
    with connection.cursor() as cursor:
        cursor.execute("SELECT public_id() FROM generate_series(1, %s)", [count])
        return [public_id for [public_id] in cursor.fetchall()]


def test_a_public_id_has_ten_characters_that_nobody_confuses():
    [public_id] = ids(1)

    assert re.fullmatch(f"[{ALPHABET}]{{10}}", public_id)


def test_public_ids_differ_and_use_every_character_in_every_place():
    made = ids(3000)

    assert len(set(made)) == 3000
    assert [set(characters) for characters in zip(*made, strict=True)] == [set(ALPHABET)] * 10
