"""The jobs of one pipeline call: who is still there, and which of its pictures are whose; knows no pipeline."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from playground.adapters.together import Asked, Ended
from playground.events import Event
from playground.params import ImageParams
from playground.stream import Emit


class Nobody(Exception):
    """All have left, so there is nothing to go on for."""


@dataclass(eq=False)
class Job:
    """One person's pictures: `rows` are their places among those of the call."""

    index: int
    params: ImageParams
    emit: Emit
    rows: slice = field(default_factory=lambda: slice(0))
    previews: int = 0  # that it has been shown
    given: list[int] = field(default_factory=list)  # the rows of the pictures that it has, in their order

    @property
    def prompts(self) -> list[dict[str, str]]:
        """Both prompts of each of its pictures."""
        return [self.params.chosen(seed) for seed in self.params.seeds]


class Jobs:
    """Those who share a call, as long as they are there. Each has settings of its own only where `alike` of its params
    leaves them free."""

    def __init__(self, asked: Sequence[Asked], ended: Ended):
        self._left = [Job(index, params, emit) for index, (params, emit) in enumerate(asked)]
        self._ended = ended

    def __iter__(self) -> Iterator[Job]:
        return iter(list(self._left))

    def seated(self) -> list[Job]:
        """Those who are there now, each with its rows; who leaves from now on leaves them unused."""
        start = 0
        for job in self._left:
            job.rows = slice(start, start + job.params.pictures)
            start = job.rows.stop
        return list(self._left)

    def each(self, do: Callable[[Job], object]) -> None:
        """Do it for all who are there. Who has an error of its own in it is over, and so is who has left; Nobody if
        that was the last one."""
        for job in self:
            self.do(job, do)
        if not self._left:
            raise Nobody

    def do(self, job: Job, do: Callable[[Job], object]) -> None:
        try:
            do(job)
        except (RuntimeError, MemoryError):  # the device, which all jobs share
            raise
        except Exception as error:
            self.end(job, error)

    def tell(self, event: Event) -> None:
        self.each(lambda job: job.emit(event))

    def end(self, job: Job, error: BaseException | None = None) -> None:
        self._left.remove(job)
        self._ended(job.index, error)
