"""Families beside Stable Diffusion and FLUX, as far as tiny random folders show: what they ask in another way."""

import numpy as np
import pytest

from playground.events import Notice, Output, Preview, Step
from playground.stream import Cancelled
from tests.adapters import more_folders
from tests.adapters.test_image_pipelines import draw, loaded, pictures


@pytest.fixture(scope="module", params=["pixart", "sana", "kandinsky_3", "kandinsky_2"])
def adapter(request, tmp_path_factory):
    return loaded(getattr(more_folders, request.param)(tmp_path_factory.mktemp("models")))


@pytest.mark.filterwarnings("ignore:`callback_steps` is deprecated:FutureWarning")  # which diffusers itself still uses
def test_each_draws_and_stops(adapter):
    size = {"width": 64, "height": 64}
    events = draw(adapter, negative_prompt="rain", pictures=2, **size)
    assert [event for event in events if isinstance(event, Step)] == [Step(i, 3) for i in range(4)]
    assert [event.recipe["seed"] for event in events if isinstance(event, Output)] == [7, 8]
    assert any(isinstance(event, Preview) for event in events) == adapter.latents_known
    told = [event.text for event in events if isinstance(event, Notice)]
    assert bool(told) == ("negative_prompt" in adapter.lacks)
    first, second = pictures(adapter, negative_prompt="rain", pictures=2, **size)
    assert first.shape == (64, 64, 3) and not np.array_equal(first, second)
    assert np.abs(pictures(adapter, negative_prompt="rain", seed=8, **size)[0] - second).max() <= 1

    def stop(event):
        if event == Step(2, 3):
            raise Cancelled

    with pytest.raises(Cancelled):
        draw(adapter, stop, **size)
    assert np.abs(pictures(adapter, negative_prompt="rain", **size)[0] - first).max() <= 1
