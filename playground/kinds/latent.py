"""What can be asked of a latent space."""

from dataclasses import dataclass

from playground import latent_points
from playground.errors import Refused
from playground.param import LARGEST_SEED, RANDOM, Params, param

LONGEST_POINTS = 400_000
WAYS = ("pad", "draft", "sum", "walk", "picture")
PATHS = ("slerp", "lerp", "cubic", "circular")


@dataclass(frozen=True, kw_only=True)
class LatentParams(Params):
    """A place in a model's latent space, or a way through it. Models differ in which of these they have."""

    points: str = param("", longest=LONGEST_POINTS, lines=4, carried=True, label="Points",
                        help="a line each: seed 7, card red-boat, or picture or tune and a file in base64")  # fmt: skip
    way: str = param("pad", choices=WAYS, carried=True, label="Way",
                     help="pad: between four corners; draft: the same or, with weights, a sum, at once and "
                     "rough; sum: the points, weighted; walk: from point to point; picture: the first point there "
                     "and back")  # fmt: skip
    x: float = param(0.5, low=0.0, high=1.0, carried=True, label="x", help="on the pad, from left to right")
    y: float = param(0.5, low=0.0, high=1.0, carried=True, label="y", help="on the pad, from top to bottom")
    weights: str = param("", longest=400, carried=True, label="Weights", help="of a sum, one a point: 1 -1 1")
    attributes: str = param("", longest=1000, carried=True, label="Attributes",
                            help="what to have more or less of: night 0.5, snow -1")  # fmt: skip
    path: str = param("slerp", choices=PATHS, more=True, label="Path",
                      help="slerp: keeps the distance from the centre; lerp: straight; cubic: smooth through all "
                      "points; circular: a circle through the first two")  # fmt: skip
    shape: str = param("line", choices=("line", "loop"), more=True, label="Walk ends",
                       help="line: at the last point; loop: where it began")  # fmt: skip
    frames: int = param(48, low=2, high=240, step=1, more=True, label="Frames", help="of a walk, in all")
    frames_per_second: int = param(16, low=1, high=30, step=1, more=True, label="Speed", unit="frames/s",
                                   help="of a walk")  # fmt: skip
    psi: float = param(0.8, low=-1.0, high=2.0, step=0.05, more=True, label="Truncation psi",
                       help="0: the mean picture; 1: as drawn; less is tidier, more is wilder")  # fmt: skip
    mix_seed: int = param(RANDOM, low=RANDOM, high=LARGEST_SEED, more=True, label="Style from seed",
                          help="whose style the later layers take; -1: nobody's")  # fmt: skip
    mix_from: int = param(3, low=0, high=17, step=1, more=True, label="From layer",
                          help="the first layer that takes it; early ones decide what is where")  # fmt: skip
    noise: str = param("const", choices=("const", "random", "none"), more=True, label="Noise",
                       help="small details: always the same, drawn by the seed, or none")  # fmt: skip
    temperature: float = param(0.7, low=0.0, high=1.5, step=0.05, more=True, label="Temperature",
                               help="of what a seed draws; less is tidier, more is wilder")  # fmt: skip
    codes: str = param("", longest=2000, carried=True, label="Codes",
                       help="codes to be changed: row, column and number, such as 3 4 217, one a line")  # fmt: skip
    steps: int = param(10, low=1, high=100, step=1, more=True, label="Steps",
                       help="how often the noise is refined; more is slower and, up to a point, better")  # fmt: skip
    guidance_scale: float = param(3.0, low=0.0, high=20.0, step=0.5, more=True, label="Guidance",
                                  help="how strictly to follow the words; 1 turns it off")  # fmt: skip

    @property
    def work(self) -> float:
        """About the pictures to be decoded; a draft is a fraction of one."""
        return float(self.frames if self.way == "walk" else 0.2 if self.way == "draft" else 1)

    @property
    def sums(self) -> bool:
        """Whether the points are added up, each with its weight."""
        return self.way == "sum" or (self.way == "draft" and bool(self.weights))

    def check_together(self) -> None:
        """The points, weights and attributes can be read, and there are enough points."""
        points = latent_points.parsed(self.points, LARGEST_SEED)
        latent_points.attributes(self.attributes)
        latent_points.code_changes(self.codes)
        if self.sums:
            latent_points.weights(self.weights, len(points))
        needed = {"sum": 1, "walk": 2, "picture": 1}.get(self.way, 0)
        if len(points) < needed:
            raise Refused(f"This needs {needed} point{'s' * (needed > 1)} at least, and there are {len(points)}.")
