"""Who runs together: the turn that a job can join, and who shares a new one; pure, grants nothing."""

from collections.abc import Sequence

from playground.gpu.books import Books, State
from playground.gpu.fairness import Line, Request


def turn_to_join(line: Line, books: Books, request: Request) -> int | None:
    """The turn on the same model that has the seats and the memory for one more.

    Where a caller has left the turn may hang: until that job is seen to end nobody else is let in.
    """
    if books.model(request.resource).state is not State.READY or books.workspace(request.resource) > books.room():
        return None
    for turn in {other.turn for other in line.running.values()}:
        others = line.sharing(turn)
        joins = all(one.resource.joins for one in [*others, request])
        if joins and fit([*others, request]) and not any(one.gone for one in others):
            return turn
    return None


def companions(waiting: Sequence[Request], books: Books, first: Request) -> list[Request]:
    """Those of the waiting ones who fit into the new turn of `first`, in their order."""
    room, chosen = books.room() - books.workspace(first.resource), [first]
    for other in waiting:
        workspace = books.workspace(other.resource)
        if other is not first and workspace <= room and fit([*chosen, other]):
            chosen.append(other)
            room -= workspace
    return chosen[1:]


def fit(requests: Sequence[Request]) -> bool:
    """Whether they can run together: on one model, alike, and each of them in a turn with so many seats."""
    kinds, seats = {(one.key, one.alike) for one in requests}, sum(one.seats for one in requests)
    return len(kinds) == 1 and all(seats <= one.resource.together for one in requests)
