"""Jobs of the ledger, done by `manage.py worker`."""

from procrastinate.contrib.django import app

from factcheck.ledger import signing

SIGN = "ledger.sign_checkpoint"


@app.periodic(cron="* * * * *")
@app.task(name=SIGN, lock="log", queueing_lock="log")
def sign_checkpoint(timestamp: int) -> None:
    """Sign what was published since the last checkpoint.

    Every minute, and within seconds by the worker, which looks whether anything is due. A job may
    be lost, repeated or late: the next one signs all that there is then.
    """
    signing.sign_due()
