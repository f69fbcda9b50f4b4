"""Jobs of what we hold, done by `manage.py worker`."""

from procrastinate.contrib.django import app

from sources import services
from sources.capturing import requests, stamping


@app.periodic(cron="* * * * *")
@app.task(name=requests.CARRY_OUT, lock="captures", queueing_lock="captures")
def carry_out_captures(timestamp: int) -> None:
    """Take the copies of pages that are asked for.

    Every minute, and as soon as one is asked for. The rows decide what is due: one that was broken
    off is taken up by a later job.
    """
    requests.carry_out_due()


@app.periodic(cron="*/10 * * * *")
@app.task(name=requests.STAMP, lock="stamps", queueing_lock="stamps")
def stamp_captures(timestamp: int) -> None:
    """Have the copies of late stamped by a time-stamping authority, where one is set."""
    stamping.stamp_due()


@app.periodic(cron="41 2 * * *")
@app.task(name="sources.erase_captures", queueing_lock="sources.erase_captures")
def erase_captures(timestamp: int) -> None:
    """Erase what is to be deleted by today."""
    services.erase_due()
