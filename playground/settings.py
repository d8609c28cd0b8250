"""What an operator can set: defaults, then a TOML file, then PLAYGROUND_* variables, then flags; knows no page."""

import argparse
import os
import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from playground.errors import Refused

if sys.version_info >= (3, 11):
    import tomllib as toml
else:
    import tomli as toml  # pyright: ignore[reportMissingImports]  # for Python 3.10 only

LOCAL = ("127.0.0.1", "localhost", "::1")


def setting(default, help: str) -> Any:
    return field(default=default, metadata={"help": help})


@dataclass(frozen=True)
class Settings:
    """How this playground is run."""

    host: str = setting("127.0.0.1", "address to listen on; 0.0.0.0 lets the whole network in, with an access code")
    port: int = setting(7860, "port to listen on; the next free one is taken if it is in use")
    access_code: str = setting("", "code that people must enter; drawn and printed when listening beyond this machine")
    device: str = setting("auto", "where models run: auto, cpu, cuda, xpu or mps")
    threads: int = setting(1, "CPU threads of the engine; more help only when the machine does nothing else")
    waiting_per_person: int = setting(3, "jobs one person may have in the line")
    waiting_total: int = setting(200, "jobs everybody together may have in the line")
    soundfont: str = setting("", "a soundfont (.sf2) that plays tunes in place of the own synthesiser")
    models: str = setting("", "a folder of diffusers text-to-image folders; each becomes a model of the Image tab")
    loras: str = setting("", "a folder of LoRAs (.safetensors) that prompts for pictures may name: <lora:name:0.8>")
    styles: str = setting("", "a file of styles, or a folder of such: CSV of A1111, JSON of Fooocus or InvokeAI")
    output_hours: float = setting(24, "hours after which a result's file is deleted from this machine")
    gallery: str = setting("", "a folder for everybody's pictures; without one they go when the program ends")
    gallery_megabytes: float = setting(2000, "megabytes of pictures kept for everybody; the oldest go first")
    gallery_megabytes_per_person: float = setting(200, "megabytes of pictures kept for one person")

    @property
    def local(self) -> bool:
        return self.host in LOCAL


def read(arguments: list[str], environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings from everywhere; Refused in a sentence when one cannot be used."""
    parser = argparse.ArgumentParser(prog="app.py", description="Start the playground.")
    for f in fields(Settings):
        parser.add_argument("--" + f.name.replace("_", "-"), help=f"{f.metadata['help']} (default: {f.default})")
    parser.add_argument("--settings", type=Path, help="a TOML file with any of these")
    flags = {name: value for name, value in vars(parser.parse_args(arguments)).items() if value is not None}
    file = flags.pop("settings", None) or environment.get("PLAYGROUND_SETTINGS")
    variables = {f.name: environment.get("PLAYGROUND_" + f.name.upper()) for f in fields(Settings)}
    given = {
        **from_file(Path(file) if file else None),
        **{n: v for n, v in variables.items() if v is not None},
        **flags,
    }
    settings = Settings(**{name: converted(name, value) for name, value in given.items()})
    if not settings.local and not settings.access_code and "SPACE_ID" not in environment:
        settings = Settings(**{**vars(settings), "access_code": secrets.token_hex(4)})
    return settings


def from_file(path: Path | None) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        return toml.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise Refused(f"The settings file {path} cannot be read: {error}.") from None


def converted(name: str, value: Any) -> Any:
    """`value` as the type of the setting `name`."""
    known: dict[str, Any] = {f.name: f.default for f in fields(Settings)}
    if name not in known:
        raise Refused(f"There is no setting {name!r}; there are {', '.join(known)}.")
    kind = type(known[name])
    try:
        result = kind(value)
    except (TypeError, ValueError):
        raise Refused(
            f"The setting {name} is {value!r}, but has to be {'text' if kind is str else 'a number'}."
        ) from None
    if name == "device" and result.split(":")[0] not in ("auto", "cpu", "cuda", "xpu", "mps"):
        raise Refused(f"The device {result!r} is not known; there are auto, cpu, cuda, xpu and mps.")
    if kind is not str and result < 0:
        raise Refused(f"The setting {name} is {result}, but cannot be negative.")
    return result
