import json

import pytest

from playground import token_count


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
