"""Jobs of the desk, done by `manage.py worker`."""

from procrastinate.contrib.django import app

from claims import embargoes


@app.periodic(cron="* * * * *")
@app.task(name=embargoes.PUBLISH_DUE)
def publish_due(timestamp: int) -> None:
    """Publish every claim whose embargo is over.

    Every minute, and once more at the very second of each embargo. The rows decide what is due and
    not the job, so that a job may be lost, repeated or late: the next one does what is left.
    """
    embargoes.publish_due()
