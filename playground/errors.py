"""The errors a person may meet, each with a sentence written for them; knows nothing of what raised them.

PlaygroundError
|-- Refused          it cannot be done as asked; the sentence says what would work
|   `-- Unavailable  it cannot be done now: a model is not here, the machine is full, the line is too long
`-- Failed           it was tried and broke; the sentence says what is lost and what to do
    `-- EngineDied   the engine process was lost while it worked; the next job gets a new one
"""


class PlaygroundError(Exception):
    """Its text is a sentence for the person at the page."""


class Refused(PlaygroundError):
    """It cannot be done as asked; nothing was loaded and nothing is lost."""


class Unavailable(Refused):
    """It would be fine, but not here or not now."""


class Failed(PlaygroundError):
    """It was tried and broke; details are in the log."""


class EngineDied(Failed):
    """The process that did the work was lost."""
