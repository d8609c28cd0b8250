import json

import pytest

from playground import token_count
from playground.catalog import find


@pytest.mark.parametrize(
    "config, tokenizer, expected",
    [
        ({"max_position_embeddings": 64}, {"model_max_length": 32}, 64),
        ({"n_positions": 64}, None, 64),
        ({"max_seq_len": 64}, None, 64),
        ({"text_config": {"max_position_embeddings": 64}}, None, 64),
        ({"max_position_embeddings": None}, {"model_max_length": 32}, 32),
        ({}, {"model_max_length": 10**30}, None),
        ({}, {}, None),
        ({}, None, None),
    ],
)
def test_the_context_is_found_under_all_its_names(tmp_path, config, tokenizer, expected):
    (tmp_path / "config.json").write_text(json.dumps(config))
    if tokenizer is not None:
        (tmp_path / "tokenizer_config.json").write_text(json.dumps(tokenizer))
    assert token_count.context(tmp_path) == expected


def test_the_tokens_of_a_prompt_are_told_with_their_places():
    found = token_count.of_prompt(find("poster"), "a Red, boat")
    assert found is not None and ["a Red, boat"[start:end] for start, end in found.places] == ["a", "Red", ",", "boat"]
    assert found.room == 38 and token_count.of_prompt(find("tale"), "a") is None
