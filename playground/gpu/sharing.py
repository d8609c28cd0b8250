"""Who runs together: the turn that a job can join, and who shares a new one; pure, grants nothing."""

from collections.abc import Sequence

from playground.gpu.books import Books, State
from playground.gpu.fairness import Line, Request


def turn_to_join(line: Line, books: Books, request: Request) -> int | None:
    """The turn on the same model that has a place and the memory for one more.

    Everybody in it can run with so many others. Where a caller has left the turn may hang: until that job is seen to
    end nobody else is let in.
    """
    if books.model(request.resource).state is not State.READY or books.workspace(request.resource) > books.room():
        return None
    for turn in {other.turn for other in line.running.values()}:
        others = line.sharing(turn)
        fits = all(one.key == request.key and len(others) < one.resource.together for one in [*others, request])
        if fits and not any(one.gone for one in others):
            return turn
    return None


def companions(waiting: Sequence[Request], books: Books, first: Request) -> list[Request]:
    """Those of the waiting ones who want the same model and fit into the new turn of `first`, in their order."""
    room, chosen = books.room() - books.workspace(first.resource), []
    most = first.resource.together
    for other in waiting:
        if len(chosen) + 1 == most:
            break
        workspace, alike = books.workspace(other.resource), other.key == first.key and other is not first
        if alike and workspace <= room and len(chosen) + 1 < other.resource.together:
            chosen.append(other)
            room, most = room - workspace, min(most, other.resource.together)
    return chosen
