"""Jobs of the house itself: keeping the list of jobs, and the public side in order."""

from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.job_context import JobContext
from procrastinate.jobs import Status

from claims import word_counts
from factcheck import read_only

# After that, nobody looks at a job that failed.
KEPT_HOURS = 30 * 24


@app.periodic(cron="* * * * *")
@app.task(name="factcheck.look_after_jobs", pass_context=True)
async def look_after_jobs(context: JobContext, timestamp: int) -> None:
    """Put the jobs of a worker that died back in line, and forget those that failed long ago.

    Every job bears being done twice. A worker is dead when it has given no sign of life for half a
    minute, three times as long as it takes to give one.
    """
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=30):
        try:
            await manager.retry_job(job)
        except UniqueViolation:
            # Another one waits to do the same, and would for ever: this one has its lock.
            await manager.finish_job(job, status=Status.FAILED, delete_job=True)
    await manager.delete_old_jobs(
        nb_hours=KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )


@app.periodic(cron="*/5 * * * *")
@app.task(name="factcheck.add_up_words", queueing_lock="factcheck.add_up_words")
def add_up_words(timestamp: int) -> None:
    """Add up how many public claims have which word. It may be late: the counts stay the same."""
    if not read_only.switched_on():
        word_counts.fold()
