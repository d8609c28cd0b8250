"""What to say while a generation has not begun: its place in the line, the model's load. Knows no result."""

from typing import Any

from playground.events import Loading, Waiting


def told(event: Waiting | Loading, now: float) -> dict[str, Any]:
    """Status, bar and clock of a result, as fields; the clock begins anew, since waiting is not part of the work."""
    if isinstance(event, Waiting):
        return {"status": in_line(event), "fraction": None, "since": now}
    return {"status": event.note or "Loading the model", "fraction": event.fraction, "since": now}


def in_line(event: Waiting) -> str:
    place = "You are next" if event.ahead == 0 else f"{event.ahead} before you"
    return place if event.seconds is None else f"{place}, {about(event.seconds)}"


def about(seconds: float) -> str:
    if seconds < 100:
        whole = max(1, round(seconds))
        return f"about {whole} second{'' if whole == 1 else 's'}"
    return f"about {round(seconds / 60)} minutes"
