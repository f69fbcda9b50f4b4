"""Jobs for partners, done by `manage.py worker`."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from factcheck import read_only
from factcheck.partners import mails, sending

SEND = "partners.send_notices"
# Over two days, where the server for mails is away.
MAIL_RETRIES = RetryStrategy(max_attempts=12, exponential_wait=3)


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


@app.task(name=mails.TELL, retry=MAIL_RETRIES)
def tell_of_disabled_webhook(webhook_id: int) -> None:
    """Tell by mail that a webhook was disabled."""
    mails.tell(webhook_id)
