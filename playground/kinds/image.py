"""What can be asked of a model that makes pictures from words."""

from dataclasses import dataclass

from playground.param import Params, param


@dataclass(frozen=True, kw_only=True)
class ImageParams(Params):
    """A picture from words. Names are those of diffusers; sizes are in pixels."""

    negative_prompt: str = param("", more=True, label="Negative prompt", help="what to keep out")
    steps: int = param(20, low=1, high=100, step=1, more=True, label="Steps",
                       help="how often the noise is refined; more is slower and, up to a point, better")  # fmt: skip
    guidance_scale: float = param(5.0, low=0.0, high=20.0, step=0.5, more=True, label="Guidance",
                                  help="how strictly to follow the words; 1 turns it off")  # fmt: skip
    width: int = param(512, low=64, high=2048, step=16, unit="px", more=True, label="Width", help="of the picture")
    height: int = param(512, low=64, high=2048, step=16, unit="px", more=True, label="Height", help="of the picture")
    pictures: int = param(1, low=1, high=4, step=1, more=True, label="Pictures",
                          help="how many at once; each next one has the next seed")  # fmt: skip

    @property
    def work(self) -> float:
        return float(self.steps * self.pictures * self.width * self.height)
