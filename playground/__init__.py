"""Every family of generative model behind one call; imports no page, and nothing heavy until a model loads."""

from playground.catalog import MODELS, Model, find, of_kind
from playground.engine import Engine, generate
from playground.errors import EngineDied, Failed, PlaygroundError, Refused, Unavailable
from playground.events import Alternative, Event, Loading, Media, Notice, Output, Preview, Step, Token, Trace, Waiting
from playground.stream import Stream
from playground.version import VERSION as __version__

__all__ = [
    "MODELS",
    "Alternative",
    "Engine",
    "EngineDied",
    "Event",
    "Failed",
    "Loading",
    "Media",
    "Model",
    "Notice",
    "Output",
    "PlaygroundError",
    "Preview",
    "Refused",
    "Step",
    "Stream",
    "Token",
    "Trace",
    "Unavailable",
    "Waiting",
    "__version__",
    "find",
    "generate",
    "of_kind",
]
