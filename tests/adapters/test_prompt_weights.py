"""Weights and choices in prompts, through the real pipelines."""

import dataclasses

import numpy as np
import pytest
import torch

from playground import catalog
from playground.adapters import prompt_weights
from playground.events import Notice, Output
from playground.params import ImageParams
from tests.adapters.folders import stable_diffusion
from tests.adapters.test_diffusers_image import outputs, pixels


@pytest.fixture(scope="module", params=["tiny", "poster"])
def adapter(request, tmp_path_factory):
    """A tiny random Stable Diffusion, then the starter."""
    if request.param == "poster":
        poster = catalog.find("poster")
        return catalog.load(dataclasses.replace(poster, source=str(catalog.ASSETS / poster.source)), "cpu")
    folder = stable_diffusion(tmp_path_factory.mktemp("models"))
    model = catalog.Model("tiny", "image", "diffusion", "Tiny", catalog.find("poster").adapter, str(folder))
    return catalog.load(model, "cpu")


def draw(adapter, prompt, **values):
    events = []
    given = {"seed": 7, "steps": 2, "width": 64, "height": 64, "guidance_scale": 5.0, **values}
    with torch.inference_mode():
        adapter.run(ImageParams(prompt=prompt, **given), events.append)
    return events


def picture(adapter, prompt, **values):
    return pixels(outputs(draw(adapter, prompt, **values))[0].media)


def test_weights_change_the_picture_the_more_the_stronger_and_escapes_do_not(adapter):
    plain = picture(adapter, "red boat")
    assert np.array_equal(plain, picture(adapter, "(red boat:1)"))
    assert np.array_equal(picture(adapter, "red (boat)"), picture(adapter, "red (boat:1.1)"))
    little, much = (np.abs(picture(adapter, f"red (boat:{weight})") - plain).mean() for weight in (1.1, 2))
    assert 0 < little < much


def test_the_words_of_an_unweighed_prompt_are_those_of_the_pipeline(adapter):
    with torch.inference_mode():
        ours = prompt_weights.encoded(adapter.pipe, "prompt", ["red boat", "", r"red \(boat\)"])
        theirs, empty = adapter.pipe.encode_prompt("red boat", "cpu", 1, True)
        escaped, _ = adapter.pipe.encode_prompt("red (boat)", "cpu", 1, True)
    assert torch.equal(ours["prompt_embeds"], torch.cat([theirs, empty, escaped]))


def test_only_the_tokens_of_a_weighed_word_count_more(adapter):
    tokenizer = adapter.pipe.tokenizer
    factors = prompt_weights.of_tokens(tokenizer, "a Red b", [1, 1, 2, 2, 2, 1, 1])
    words = tokenizer.convert_ids_to_tokens(tokenizer("a Red b").input_ids)
    assert len(factors) == tokenizer.model_max_length and factors[0] == 1 and set(factors) == {1, 2}
    assert {word.removesuffix("</w>") for word, f in zip(words, factors, strict=False) if f == 2} <= set("red") | {
        "red"
    }


def test_a_mean_that_says_something_is_held():
    embeddings = torch.tensor([[[1.0, 3.0], [2.0, 2.0], [0.0, 1.0]]])
    weighed = prompt_weights.weighed(embeddings, torch.tensor([1.0, 2.0, 1.0]))
    assert torch.allclose(weighed.mean(), embeddings.mean())
    assert torch.allclose(weighed[0, 1] / weighed[0, 0], torch.tensor([4.0, 4.0 / 3]))
    centred = embeddings - embeddings.mean()
    assert torch.equal(prompt_weights.weighed(centred, torch.tensor([1.0, 2.0, 1.0]))[0, 0], centred[0, 0])


def test_weights_in_the_negative_prompt_count_and_without_guidance_nothing_is_read_of_it(adapter):
    plain, weighed = (picture(adapter, "red boat", negative_prompt=text) for text in ("blue", "(blue:1.8)"))
    assert not np.array_equal(plain, weighed)
    alone, beside = (picture(adapter, "red boat", negative_prompt=t, guidance_scale=1.0) for t in ("", "(blue:2)"))
    assert np.array_equal(alone, beside)


def test_each_picture_makes_its_own_choices_and_tells_them(adapter):
    prompt = "{red|blue|green} {boat|house}"
    made = outputs(draw(adapter, prompt, pictures=4))
    told = [output.recipe["prompt"] for output in made]
    assert len(set(told)) > 1 and not any("{" in text for text in told)
    assert {output.recipe["chosen_from"] for output in made} == {prompt}
    for output in made:
        again = outputs(draw(adapter, output.recipe["prompt"], seed=output.recipe["seed"]))[0]
        assert again.recipe.keys() <= {"seed", "pictures", "sampler"}
        assert np.abs(pixels(again.media) - pixels(output.media)).max() <= 1


def test_a_pipeline_that_cannot_weigh_says_so_and_reads_the_words_alone(adapter, monkeypatch):
    monkeypatch.setattr(prompt_weights, "can_weigh", lambda pipe: False)
    events = draw(adapter, "red (boat:1.5)")
    assert any(isinstance(event, Notice) and "change nothing" in event.text for event in events)
    other = [event for event in draw(adapter, "red boat")]
    assert not any(isinstance(event, Notice) for event in other)
    assert [e.media for e in events if isinstance(e, Output)] == [e.media for e in other if isinstance(e, Output)]
