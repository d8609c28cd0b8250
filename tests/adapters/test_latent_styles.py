"""Styles drawn by seeds and mixed."""

import dataclasses

from playground import catalog, hub


def test_styles_of_the_starter_are_mixed_from_any_of_its_layers():
    model = catalog.find("poster-gan")
    adapter = catalog.load(dataclasses.replace(model, source=str(hub.folder(model))), "cpu")
    assert model.limits["mix_from"] == (0, adapter.net.synthesis.num_ws - 1)
