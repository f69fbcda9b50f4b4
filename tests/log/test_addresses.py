"""What programs read of the log: checkpoint, tiles, proofs, and refusals in words."""

import base64
import json

import pytest
from django.db import transaction

from claims import workflow
from factcheck.common.roles import Role
from factcheck.ledger import log
from factcheck.ledger.models import LogKey, Publication, SignedCheckpoint
from factcheck.ledger.subjects import Subject
from factcheck.ledger.tree.checkpoints import parse_checkpoint
from factcheck.ledger.tree.hashing import leaf_hash
from factcheck.ledger.tree.notes import new_signing_key, verified
from factcheck.ledger.tree.proofs import verify_consistency, verify_inclusion
from tests.factories import make_published_claim, make_user
from tests.ledger.conftest import draft_of
from tests.log.conftest import ORIGIN, sign
from tests.surfaces.reading import text_of

pytestmark = pytest.mark.django_db


def steps(proof):
    return [base64.b64decode(step) for step in proof]


@pytest.fixture
def many(key):
    """A ledger of 300 entries, signed after 259 and at its end."""
    by = make_user(Role.EDITOR)
    for count, first in ((259, 0), (41, 259)):
        with transaction.atomic():
            subjects = [Subject("claim", f"0{first + n:09}") for n in range(count)]
            log.append([draft_of(subject) for subject in subjects], by=by)
        sign()
    return list(Publication.objects.order_by("seq").values_list("entry", flat=True))


def test_the_checkpoint_is_served_as_it_was_signed(reader, key):
    make_published_claim()
    signed = sign()

    answer = reader.get("/log/checkpoint")
    again = reader.get("/log/checkpoint", headers={"If-None-Match": answer["ETag"]})

    assert (answer.status_code, answer.content.decode()) == (200, signed.note)
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Cache-Control"] == "public, max-age=2"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert (again.status_code, again.content) == (304, b"")
    assert reader.get("/log/keys").content.decode() == f"{key.verifier}\n"


def test_without_a_signature_everything_says_what_to_do(reader):
    claim = make_published_claim()

    for address in ("/log/checkpoint", "/log/tile/0/000.p/1", "/log/proof/1"):
        answer = reader.get(address)
        assert answer.status_code == 503
        assert answer["Content-Type"] == "application/problem+json"
        assert answer["Cache-Control"] == "no-store"
        assert "make_log_key" in answer.json()["detail"]
        assert answer["Retry-After"] == "5"
    assert reader.get("/log/keys").content == b""
    assert reader.get(f"/api/v1/claims/{claim.public_id}/").status_code == 200
    assert "There is none yet." in text_of(reader.get("/log/"))


def test_a_proof_holds_against_the_checkpoint_that_comes_with_it(reader, key, many):
    for seq in (1, 256, 257, 300):
        answer = reader.get(f"/log/proof/{seq}?from=259")
        proof = answer.json()
        checkpoint, note = parse_checkpoint(proof["checkpoint"])

        assert verified(note, [key.verifier])
        assert (proof["seq"], proof["leaf_index"], proof["entry"]) == (seq, seq - 1, many[seq - 1])
        assert checkpoint.size == proof["tree_size"] == 300
        verify_inclusion(
            leaf=leaf_hash(proof["entry"].encode()),
            index=seq - 1,
            size=300,
            proof=steps(proof["inclusion_proof"]),
            root=checkpoint.root,
        )
        verify_consistency(
            old=259,
            old_root=older_root(259),
            size=300,
            root=checkpoint.root,
            proof=steps(proof["consistency_proof"]),
        )


def older_root(size):
    return bytes(SignedCheckpoint.objects.get(size=size).root)


def test_a_proof_takes_a_handful_of_queries(reader, key, many, django_assert_num_queries):
    # The checkpoint, the entry, and two tiles.
    with django_assert_num_queries(4):
        reader.get("/log/proof/300?from=259")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("from=0", "from"),
        ("from=301", "300"),
        ("from=x", "from"),
        ("size=3", "There is no such parameter; there are from."),
    ],
)
def test_a_question_that_has_no_answer_is_refused_in_words(reader, many, query, words):
    answer = reader.get(f"/log/proof/1?{query}")

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert words in json.dumps(answer.json())


@pytest.mark.parametrize("seq", ["0", "301", "01", "-1", "one", "9" * 19, "٣"])
def test_what_has_no_place_has_no_proof(reader, many, seq):
    assert reader.get(f"/log/proof/{seq}").status_code == 404


def test_what_was_published_a_moment_ago_has_a_proof_in_a_moment(reader, key):
    make_published_claim()
    size = sign().size
    make_published_claim()

    answer = reader.get(f"/log/proof/{size + 1}")

    assert answer.status_code == 503
    assert "signed within seconds. Ask again." in answer.json()["detail"]


def test_tiles_are_those_of_the_public_format(reader, many):
    hashes = [leaf_hash(entry.encode()) for entry in many]

    full, part = reader.get("/log/tile/0/000"), reader.get("/log/tile/0/001.p/44")
    bundle = reader.get("/log/tile/entries/001.p/2").content

    assert full.content == b"".join(hashes[:256])
    assert part.content == b"".join(hashes[256:])
    assert len(reader.get("/log/tile/1/000.p/1").content) == 32
    assert full["Content-Type"] == "application/octet-stream"
    assert full["Cache-Control"] == part["Cache-Control"] == "public, max-age=31536000, immutable"
    first = int.from_bytes(bundle[:2], "big")
    assert bundle[2 : 2 + first].decode() == many[256]
    assert bundle[4 + first :].decode() == many[257]
    assert reader.get("/log/tile/0/000.p/3").content == b"".join(hashes[:3])


@pytest.mark.parametrize(
    "path", ["0/001", "0/001.p/45", "0/002", "1/000", "2/000.p/1", "0/0", "nothing", "entries/001"]
)
def test_tiles_beyond_the_checkpoint_are_not_there(reader, many, path):
    assert reader.get(f"/log/tile/{path}").status_code == 404


def test_the_page_lists_the_last_checkpoints_and_all_keys(reader, key, settings):
    make_published_claim()
    first = sign()
    new = new_signing_key(ORIGIN)
    settings.LOG_KEY = f"{new.secret_text()} {key.secret_text()}"
    sign()
    settings.LOG_KEY = new.secret_text()
    second = make_published_claim() and sign()

    shown = reader.get("/log/")
    told = text_of(shown)

    assert first.root_text in told
    assert second.root_text in told
    assert ORIGIN in told
    assert f"Public key {new.verifier}" in told
    assert f"Earlier keys {key.verifier}" in told
    methodology = text_of(reader.get("/methodology/"))
    assert str(new.verifier) in methodology
    assert str(key.verifier) in methodology
    assert LogKey.objects.count() == 2
    # Who has the page is told so until something is signed anew.
    kept = {"If-None-Match": shown["ETag"]}
    assert reader.get("/log/", headers=kept).status_code == 304
    workflow.suspend(make_published_claim(), by=make_user(Role.EDITOR), note="Synthetic note.")
    sign()
    assert reader.get("/log/", headers=kept).status_code == 200
