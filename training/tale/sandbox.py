"""Runs small functions that a model wrote, away from everything: another process, no secrets, little time."""

import subprocess
import sys
import tempfile

SECONDS = 5
_RUNNER = """
import resource, sys
resource.setrlimit(resource.RLIMIT_CPU, (4, 4))
resource.setrlimit(resource.RLIMIT_AS, (1 << 29, 1 << 29))
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
resource.setrlimit(resource.RLIMIT_NOFILE, (8, 8))
def refuse(event, details):
    if event.split('.')[0] in ('open', 'os', 'socket', 'subprocess', 'ctypes', 'shutil', 'import', 'urllib'):
        raise PermissionError(event)
source, checks = sys.stdin.read().split('\\0')
code = compile(source, 'answer', 'exec')
checks = [compile(check, 'check', 'eval') for check in checks.split('\\n')]
sys.addaudithook(refuse)
space = {}
exec(code, space)
sys.exit(0 if all(eval(check, space) for check in checks) else 1)
"""


def passes(source: str, checks: tuple[str, ...]) -> bool:
    """Whether the source compiles, runs and makes every check true, within a few seconds."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            result = subprocess.run(
                [sys.executable, "-I", "-S", "-B", "-c", _RUNNER],
                input=f"{source}\0{chr(10).join(checks)}",
                text=True,
                capture_output=True,
                timeout=SECONDS,
                env={},
                cwd=folder,
            )
        except (subprocess.TimeoutExpired, ValueError):
            return False
    return result.returncode == 0
