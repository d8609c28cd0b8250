import pytest

from playground.prompts.loras import Lora, named, without


@pytest.mark.parametrize(
    "prompt, loras, rest",
    [
        ("a boat", [], "a boat"),
        ("a  boat", [], "a  boat"),
        ("a <lora:ink:0.8> boat", [Lora("ink", 0.8)], "a boat"),
        ("a boat<lora:my ink v1.2:-.5>", [Lora("my ink v1.2", -0.5)], "a boat"),
        ("<lora:ink>", [Lora("ink", 1.0)], ""),
        ("<lora:ink:99>", [Lora("ink", 10.0)], ""),
        ("<lora:ink:x> <lora::1> <lora:", [], "<lora:ink:x> <lora::1> <lora:"),
        ("<lora:a:1><lora:b:0.5>", [Lora("a", 1.0), Lora("b", 0.5)], ""),
    ],
)
def test_loras_are_named_and_taken_out(prompt, loras, rest):
    assert named(prompt) == loras and without(prompt) == rest
