"""Jobs of the desk, done by `manage.py worker`."""

from django.conf import settings
from procrastinate.contrib.django import app

from claims import embargoes
from claims.dumps import shelf
from claims.importing import uploads


@app.periodic(cron="* * * * *")
@app.task(name=embargoes.PUBLISH_DUE)
def publish_due(timestamp: int) -> None:
    """Publish every claim whose embargo is over.

    Every minute, and once more at the very second of each embargo. The rows decide what is due and
    not the job, so that a job may be lost, repeated or late: the next one does what is left.
    """
    embargoes.publish_due()


@app.periodic(cron="* * * * *")
@app.task(name=uploads.CARRY_OUT, lock="imports", queueing_lock="imports")
def carry_out_imports(timestamp: int) -> None:
    """Carry out the imports that wait, one at a time.

    Every minute, and as soon as one is asked for. As with embargoes, the rows decide what there is
    to do: one that was broken off is taken up by a later job.
    """
    uploads.carry_out_waiting()


# The lock of the imports, which can be long as well: one at a time, so that the worker's other half
# is free for what is due at its minute.


@app.periodic(cron="17 3 * * *")
@app.task(name="claims.write_dump", lock="imports", queueing_lock="claims.write_dump")
def write_dump(timestamp: int) -> None:
    """Write the dump of the day, where a directory for dumps is set."""
    if settings.DUMPS_DIR is not None:
        shelf.export(settings.DUMPS_DIR, keep=settings.DUMPS_KEPT)


@app.periodic(cron="*/10 * * * *")
@app.task(name="claims.look_after_dumps", lock="imports", queueing_lock="claims.look_after_dumps")
def look_after_dumps(timestamp: int) -> None:
    """Delete the dumps from before a redaction, which nobody is handed any more, and write one
    where there is none.
    """
    if settings.DUMPS_DIR is not None:
        shelf.look_after(settings.DUMPS_DIR, keep=settings.DUMPS_KEPT)
