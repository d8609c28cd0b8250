"""What becomes of pictures, shown as often as time allows; knows no pipeline."""

import time
from collections.abc import Callable

from PIL import Image

from playground.adapters.image_files import encoded
from playground.adapters.image_jobs import Job, Jobs
from playground.events import Preview

PREVIEW_SECONDS, PREVIEW_SHARE = 0.03, 0.05
"""Time that a call may spend on previews: this many seconds, or this share of the call so far if that is more."""


class Previews:
    """The previews of one call. When there is no time to show all jobs what they have, those are first who have seen
    the least."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter):
        self._clock, self._started = clock, clock()
        self._spent, self._last = 0.0, 0.0

    def show(self, jobs: Jobs, drafts: Callable[[Job], list[Image.Image]]) -> None:
        for job in sorted(jobs, key=lambda job: job.previews):
            now = self._clock()
            if self._spent + self._last > max(PREVIEW_SECONDS, PREVIEW_SHARE * (now - self._started)):
                return
            jobs.do(job, lambda job: tell(job, drafts(job)))
            self._last = self._clock() - now
            self._spent += self._last


def tell(job: Job, pictures: list[Image.Image]) -> None:
    job.previews += 1
    if pictures:
        job.emit(Preview(tuple(encoded(picture, "JPEG") for picture in pictures)))
