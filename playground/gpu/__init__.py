"""The shared GPU resource manager: knows no model, no tensor layout and no web page."""

from playground.gpu.manager import Manager
from playground.gpu.resource import Resource
from playground.gpu.status import Status

__all__ = ["Manager", "Resource", "Status"]
