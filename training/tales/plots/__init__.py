"""All plots of the stories as data; knows nothing of who is in them."""

from training.tales.plots import hearts, wonders, work
from training.tales.plots.plot import Plot, Theme
from training.tales.plots.themes import THEMES

PLOTS = (*hearts.PLOTS, *work.PLOTS, *wonders.PLOTS)

__all__ = ["PLOTS", "THEMES", "Plot", "Theme"]
