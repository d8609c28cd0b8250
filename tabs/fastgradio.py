"""Gradio, imported in half the time and without telling anyone; knows no tab.

Half of `import gradio` goes into writing type stubs for its own developers, and a good part of each event into
statistics of use. Everything of ours takes `gr` from here, so that nothing imports it in another way first.
"""

import inspect
import os
import sys

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # exactly this word, or it is on
os.environ.setdefault("GRADIO_ANALYTICS_CACHE_FREQUENCY", "1000000000")  # events between two statistics of use
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")

_getfile = inspect.getfile


def _no_file_for_stubs(thing):
    """`inspect.getfile`, but the writer of stubs finds no file to write beside."""
    if sys._getframe(1).f_globals.get("__name__") == "gradio.component_meta":
        raise OSError("no stubs")
    return _getfile(thing)


inspect.getfile = _no_file_for_stubs
try:
    import gradio as gr
    from gradio.utils import get_upload_folder
finally:
    inspect.getfile = _getfile

__all__ = ["get_upload_folder", "gr", "rest_when_idle"]


def rest_when_idle(demo: gr.Blocks) -> None:
    """Have the queue look for work a hundred times a second instead of a thousand: 7 % of a core becomes 1 %."""
    for name, seconds in (("sleep_when_free", 0.01), ("progress_update_sleep_when_free", 0.1)):
        if hasattr(demo._queue, name):
            setattr(demo._queue, name, seconds)
