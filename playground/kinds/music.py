"""What can be asked of a model that makes music."""

from dataclasses import dataclass

from playground.errors import Refused
from playground.media.score import INSTRUMENTS
from playground.media.tune import BAR, NAMES
from playground.media.tune import MODES as SCALES
from playground.media.tune_words import DENSITIES, MOODS, STYLES
from playground.param import Params, param

LONGEST_TUNE = 20_000
CHANGES = ("continue", "rewrite", "play")


@dataclass(frozen=True, kw_only=True)
class MusicParams(Params):
    """Music. Models that write notes have other settings than those that make sound (catalog.SETTINGS). What is empty,
    or 0, is taken from the words of the prompt, and drawn by lot where they do not say."""

    mood: str = param("", choices=("", *MOODS), label="Mood", help="what the tune feels like")
    style: str = param("", choices=("", *STYLES), label="Style", help="how it goes and who plays it")
    key: str = param("", choices=("", *NAMES), more=True, label="Key", help="the note it is at home on")
    mode: str = param("", choices=("", *SCALES), more=True, label="Mode", help="the scale it is written in")
    metre: str = param("", choices=("", *BAR), more=True, label="Metre", help="beats of a bar")
    bpm: int = param(0, low=0, high=220, step=1, more=True, label="Tempo", unit="bpm",
                     help="quarter notes a minute; 0: as it suits the style")  # fmt: skip
    bars: int = param(0, low=0, high=16, step=8, more=True, label="Bars", help="8 or 16; 0: as it comes")
    instrument: str = param("", choices=("", *INSTRUMENTS), more=True, label="Lead instrument",
                            help="who plays the melody")  # fmt: skip
    density: str = param("", choices=("", *DENSITIES), more=True, label="Density",
                         help="how many play along; empty: as the style has it")  # fmt: skip
    temperature: float = param(0.9, low=0.0, high=1.5, step=0.05, more=True, label="Temperature",
                               help="0: always the likeliest note; more: bolder, then wild")  # fmt: skip
    tunes: int = param(1, low=1, high=4, step=1, more=True, label="Tunes",
                       help="how many at once; each next one has the next seed")  # fmt: skip
    seconds: int = param(10, low=1, high=120, step=1, label="Length", unit="s", help="of the music, without a clip")
    negative_prompt: str = param("", more=True, label="Negative prompt", help="what to keep out")
    steps: int = param(100, low=1, high=500, step=1, more=True, label="Steps",
                       help="how often the noise is refined; more is slower and, up to a point, better")  # fmt: skip
    guidance_scale: float = param(3.0, low=0.0, high=20.0, step=0.5, more=True, label="Guidance",
                                  help="how strictly to follow the words; 1 turns it off")  # fmt: skip
    top_k: int = param(250, low=0, high=1000, step=1, more=True, label="Top k",
                       help="draw from this many of the likeliest codes; 0: from all")  # fmt: skip
    clip: bytes = param(b"", more=True, label="Clip",
                        help="a sound to go on from, or whose tune to take")  # fmt: skip

    preview_bars: int = param(0, low=0, high=7, step=1, carried=True, label="Preview", unit="bars",
                              help="compose only so many bars of a new tune: the same seed makes the whole of it begin "
                              "with them; 0: the whole")  # fmt: skip
    start: str = param("", longest=LONGEST_TUNE, lines=4, carried=True, label="Start",
                       help="a tune in ABC to go on from, rewrite or play; empty: compose a new one")  # fmt: skip
    change: str = param("continue", choices=CHANGES, carried=True, label="Change",
                        help="what to do with the start: continue: write more bars after it; rewrite: write some of "
                        "its bars anew; play: nothing, let the band play it")  # fmt: skip
    first_bar: int = param(0, low=0, high=64, step=1, carried=True, label="First bar",
                           help="of those to rewrite, counted from 1")  # fmt: skip
    last_bar: int = param(0, low=0, high=64, step=1, carried=True, label="Last bar", help="of those to rewrite")
    takes: str = param("", longest=200, carried=True, label="Takes",
                       help="tracks that play something else, such as Bass 2, Drums 1")  # fmt: skip

    @property
    def work(self) -> float:
        """Of these, a model has some; what it has not never changes."""
        return float(self.tunes * (self.preview_bars or self.bars or 16) * self.seconds * self.steps)

    def check_together(self) -> None:
        """The start can be read, and what is to be done with it can be done."""
        if self.takes:
            from playground.media import takes  # noqa: PLC0415 - not needed for the page to start

            takes.parsed(self.takes)
        if self.start and self.preview_bars:
            raise Refused("Only a new tune has a preview: leave out the start, or set preview_bars to 0.")
        if self.start:
            from playground.media import tune_start  # noqa: PLC0415 - nor this

            tune = tune_start.read(self.start)
            if self.change == "continue":
                tune_start.check_more(tune, self.bars or 8)
            elif self.change == "rewrite":
                tune_start.check_anew(tune, self.first_bar, self.last_bar)
