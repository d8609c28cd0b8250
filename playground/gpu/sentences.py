"""What the resource manager says to a person, with numbers; knows nothing of when it is said."""

from playground.errors import EngineDied, Failed, PlaygroundError, Unavailable
from playground.gpu.ledger import Memory

GB = 1e9


def gigabytes(count: float) -> str:
    return f"{count / GB:.1f} GB" if count >= GB / 10 else f"{count / GB:.3f} GB"


def does_not_fit(need: int, free: int, total: int) -> Unavailable:
    return Unavailable(
        f"This model needs {gigabytes(need)} of memory, and {gigabytes(max(0, free))} of {gigabytes(total)} can be had"
        " here now: choose a smaller one or free some memory."
    )


def ran_out(memory: Memory | None) -> Unavailable:
    left = f" ({gigabytes(memory.free)} of {gigabytes(memory.total)} were free)" if memory else ""
    return Unavailable(f"The memory was not enough for this{left}: ask for less, or choose a smaller model.")


def freeing() -> str:
    return "The memory was full: it was tidied up, and this is tried once more."


def making_room() -> str:
    return "The memory was full: other models were put away, and this is tried once more."


def died_at_work() -> EngineDied:
    return EngineDied("The engine stopped while it worked on this; it has been started again: try once more.")


def died_loading() -> EngineDied:
    return EngineDied("The engine stopped while it was being made ready; the memory may be too small for this model.")


def again_later(error: PlaygroundError, seconds: float) -> PlaygroundError:
    """The same error for one who asks while it is too early to try again."""
    return type(error)(f"{error} It can be tried again in {max(1, round(seconds))} s.")


def broke(id: str) -> Failed:
    return Failed(f"Something broke while this was made, and it is lost; the log tells more under {id}.")


def load_broke(id: str) -> Failed:
    return Failed(f"The model could not be loaded; the log tells more under {id}.")


def too_many(limit: int) -> Unavailable:
    return Unavailable(f"You have {limit} jobs in the line already: wait for one of them, or stop one.")


def line_full(limit: int) -> Unavailable:
    return Unavailable(f"The line is full ({limit} jobs wait): try again in a few minutes.")


def closing() -> Unavailable:
    return Unavailable("The playground is being closed.")
