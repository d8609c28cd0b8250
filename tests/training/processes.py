"""Whether a seed gives the same in every process, where the order of a set of words differs."""

import subprocess
import sys


def draws(module: str, count: int) -> list[str]:
    """What the module's `draw` gives with one seed, so many times, as text, in each of two processes."""
    code = f"import random; from {module} import draw; r = random.Random(3); print([draw(r) for _ in range({count})])"
    return [
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    ]
