"""The program that readers check a record with: sound ones pass, everything else is named."""

import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from django.db import connection

from claims import workflow
from factcheck.common.roles import Role
from factcheck.ledger import signing
from factcheck.ledger.models import Publication
from factcheck.ledger.tree.notes import new_signing_key
from factcheck.log import verify as program
from tests.factories import make_published_claim, make_user, withhold
from tests.integrity.broken import run_with_guards_off
from tests.log.conftest import ORIGIN, sign

SITE = "http://testserver"


@pytest.fixture
def ask(reader, monkeypatch, tmp_path, key):
    """Ask the program, whose network is the test's client."""

    def get(address):
        answer = reader.get(address.removeprefix(SITE))
        if answer.status_code == 200 or (answer.status_code == 410 and b'"salt"' in answer.content):
            return answer.content
        raise program.Wrong(f"{address} answers {answer.status_code}")

    def asked(address, *, by=key, saved=None):
        kept = tmp_path / "kept.txt"
        if saved:
            kept.write_text(saved)
        keys = [str(by.verifier)] if by else []
        return program.verify(f"{SITE}{address}", keys, str(kept) if saved else None)

    monkeypatch.setattr(program, "get", get)
    return asked


def wrong(ask, words, address, **given):
    with pytest.raises(program.Wrong, match=words):
        ask(address, **given)


def published():
    claim = make_published_claim()
    return f"/claims/{claim.public_id}/", claim


@pytest.mark.django_db
def test_what_is_sound_passes_under_each_of_its_addresses(ask):
    address, claim = published()
    saved = sign().note
    row = Publication.objects.get(subject_id=claim.public_id)
    found = f"Sound: {row.record_sha256}, place {row.seq} of {row.seq}, "

    for one in (
        address,
        f"/uk{address}a-slug/",
        f"/api/v1{address}",
        f"/fr{address}versions/1/",
        f"/api/v1{address}versions/1/",
    ):
        assert ask(one, saved=saved).startswith(found)
    actor = f"/claimants/{claim.claimant.public_id}/"
    assert ask(actor).startswith("Sound: ")
    assert "compare and pin it" in ask(address, by=None)


@pytest.mark.django_db
def test_every_size_of_the_log_is_proved_from_every_older_one(ask):
    address, claim = published()
    kept = [sign().note]
    while Publication.objects.count() < 9:
        withhold(claim, "suspend")
        kept.append(sign().note)
        workflow.restore(claim, by=make_user(Role.EDITOR), note="Synthetic note.")
        kept.append(sign().note)

    for saved in kept:
        assert ask(address, saved=saved).startswith("Sound: ")


@pytest.mark.django_db
def test_a_notice_in_the_place_of_a_claim_is_checked_as_well(ask):
    address, claim = published()
    withhold(claim, "suspend")
    size = sign().size

    assert f"place {size} of {size}" in ask(address)
    wrong(ask, "answers 410", f"{address}versions/1/")


@pytest.mark.django_db
def test_what_was_changed_is_named(ask, key, settings):
    address, claim = published()
    before = sign().note
    seq = Publication.objects.get(subject_id=claim.public_id).seq

    wrong(ask, "No key that you trust", address, by=new_signing_key(ORIGIN))
    wrong(
        ask,
        "signature of a checkpoint is false",
        address,
        saved=before.replace("log\n", "log\n1", 1),
    )
    wrong(ask, "No key that you trust", address, saved=before.replace(ORIGIN, "other.example"))
    wrong(ask, "answers 404", "/claims/zzzzzzzzzz/")
    wrong(ask, "Give the address of a claim", "/methodology/")

    run_with_guards_off(
        "ALTER TABLE ledger_publication DROP CONSTRAINT ledger_publication_hash_is_records;"
        "UPDATE ledger_publication SET record = replace(record, 'boats', 'ships') "
        f"WHERE seq = {seq}"
    )
    wrong(ask, "The record is not the one in the log", address)

    # Its hash along with it, in the entry as well: now the tree is another.
    run_with_guards_off(
        "UPDATE ledger_publication SET record_sha256 = encode(sha256(record::bytea), 'hex'), "
        "entry = replace(entry, record_sha256, encode(sha256(record::bytea), 'hex')) "
        f"WHERE seq = {seq}"
    )
    wrong(ask, "not in the tree whose root was signed", address)

    # And signed anew, with the true key, which somebody has got hold of.
    settings.CHECKPOINTS_DIR = None
    run_with_guards_off("DELETE FROM ledger_checkpoint")
    sign()
    assert ask(address).startswith("Sound: ")
    wrong(ask, "it was rewritten", address, saved=before)
    wrong(ask, "No key that you trust", address, by=new_signing_key(ORIGIN), saved=before)


@pytest.mark.django_db
def test_a_log_that_was_rolled_back_is_named(ask, settings):
    address, _ = published()
    make_published_claim()
    seen = sign().note
    settings.CHECKPOINTS_DIR = None
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    last = Publication.objects.latest("seq").seq
    run_with_guards_off(
        f"DELETE FROM ledger_checkpoint; DELETE FROM ledger_mention WHERE publication_id = {last};"
        f"DELETE FROM ledger_publication WHERE seq = {last};"
        f"UPDATE ledger_head SET seq = {last - 1}"
    )
    signing.refused.size = -1
    sign()

    wrong(ask, "it was rolled back", address, saved=seen)


@pytest.mark.django_db(transaction=True, databases=["default", "public"])
def test_as_it_is_downloaded_it_runs_against_a_live_site(public_server, key, tmp_path):
    claim = make_published_claim()
    (tmp_path / "kept.txt").write_text(sign().note)
    (tmp_path / "verify.py").write_bytes(
        urllib.request.urlopen(f"{public_server}/log/verify.py").read()
    )
    make_published_claim()
    sign()

    def run(*arguments):
        return subprocess.run(
            [sys.executable, "verify.py", f"{public_server}/claims/{claim.public_id}/", *arguments],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

    sound = run("--key", str(key.verifier), "--saved", "kept.txt")
    false = run("--key", str(new_signing_key(ORIGIN).verifier))
    broken = run("--key", "nonsense")

    assert (sound.returncode, sound.stdout[:7], sound.stderr) == (0, "Sound: ", "")
    assert (false.returncode, false.stdout) == (1, "")
    assert false.stderr == "WRONG: No key that you trust has signed the checkpoint.\n"
    assert (broken.returncode, broken.stderr[:19]) == (1, "WRONG: cannot read:")


def test_it_is_short_and_needs_nothing_of_ours():
    source = Path(program.__file__).read_text()

    assert len(source.splitlines()) <= 150
    assert "django" not in source
    assert "factcheck" not in source
