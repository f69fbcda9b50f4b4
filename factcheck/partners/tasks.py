"""Jobs for partners, done by `manage.py worker`."""

from procrastinate.contrib.django import app

from factcheck import read_only
from factcheck.partners import sending

SEND = "partners.send_notices"


@app.periodic(cron="* * * * *")
@app.task(name=SEND, lock="notices", queueing_lock="notices")
def send_notices(timestamp: int) -> None:
    """Send partners the notices of what was published.

    Every minute, and within seconds by the worker, which looks whether anything is due. The rows
    decide what is: a job may be lost, repeated or late.
    """
    sending.send_due()


@app.periodic(cron="17 3 * * *")
@app.task(name="partners.forget_notices")
def forget_notices(timestamp: int) -> None:
    """Forget notices that were taken long ago, once a day."""
    if not read_only.switched_on():
        sending.forget_old()
