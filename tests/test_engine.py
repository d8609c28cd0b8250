import subprocess
import sys
from pathlib import Path

import pytest

from playground.engine import generate
from playground.errors import Refused
from playground.events import Loading, Output, Step
from playground.recipe import read

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    "key, values",
    [("nope", {}), ("poster", {"stepz": 1}), ("poster", {"steps": 10**9}), ("poster", {"prompt": "x" * 5000})],
)
def test_the_impossible_is_refused_at_once(key, values):
    with pytest.raises(Refused):
        generate(key, **values)


def test_and_before_anything_heavy_is_imported():
    code = (
        "import sys, playground\n"
        "for key, values in [('nope', {}), ('poster', {'steps': 0}), ('poster', {'no': 1})]:\n"
        "    try: playground.generate(key, **values)\n"
        "    except playground.Refused: pass\n"
        "print(*({'torch', 'diffusers', 'transformers', 'numpy', 'PIL'} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == ""


def test_a_prompt_becomes_a_picture_that_carries_its_recipe():
    events = list(generate("poster", prompt="a red boat", steps=2))
    (output,) = (event for event in events if isinstance(event, Output))
    assert isinstance(output, Output) and not isinstance(output.media, str)
    assert any(isinstance(event, Loading | Step) for event in events)
    assert output.recipe["params"]["seed"] >= 0 and output.recipe["params"]["pictures"] == 1
    restored = read(output.media.data)
    assert restored.values == output.recipe["params"] and restored.problems == []
