"""Jobs of the desk, done by `manage.py worker`."""

from procrastinate.contrib.django import app

from claims import embargoes
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
