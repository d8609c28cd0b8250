"""A `generate` that draws squares or composes one tune and does as the test says: waits, fails, tells who left."""

import threading
from dataclasses import dataclass, field
from typing import Any

from playground.catalog import find
from playground.events import Event, Media, Preview, Step, Trace
from playground.params import check
from playground.stream import Emit, Stream
from tests.tabs import tunes
from tests.tabs.pictures import output, png


@dataclass
class Fake:
    """What happened, and what shall happen. Reset between tests."""

    first: list[Event] = field(default_factory=list)  # told before the work begins
    pause: bool = False  # whether to wait on the way, until `go` or the stream's end
    pause_after: int = 3  # steps
    error: Exception | None = None  # raised in place of the last step
    asked: list[dict[str, Any]] = field(default_factory=list)
    left: list[str] = field(default_factory=list)  # whose streams were closed before their end
    go: threading.Event = field(default_factory=threading.Event)

    def generate(self, key: str, /, *, person: str = "", **values: Any) -> Stream:
        model = find(key)
        params = check(model.kind, values, model.defaults, model.limits, model.has).with_seed_drawn()
        self.asked.append({"person": person, **vars(params)})
        music = self.compose if model.writes_notes else self.sing
        work = {"image": self.draw, "music": music}[model.kind]
        return Stream(lambda emit: work(emit, person, params))

    def draw(self, emit: Emit, person: str, params: Any) -> None:
        wake = threading.Event()
        emit.on_close(wake.set)
        for event in self.first:
            emit(event)
        for done in range(1, params.steps + 1):
            if done > self.pause_after and self.pause:
                self.wait(wake, person)
            emit(Step(done, params.steps))
            emit(Preview(tuple(Media(png((90, 90, 20 * n)), "image/png") for n in range(params.pictures))))
        if self.error:
            raise self.error
        names = ("prompt", "steps", "guidance_scale", "start", "strength")
        wanted = {name: getattr(params, name) for name in names}
        for number in range(params.pictures):
            emit(output(params.seed + number, (192, 60 * number, 38), **wanted))
        for number in range(params.pictures):
            emit(Trace(tuple(Media(png((60 * frame, 90, 90)), "image/png") for frame in range(3)), number))

    def compose(self, emit: Emit, person: str, params: Any) -> None:
        wake = threading.Event()
        emit.on_close(wake.set)
        for event in self.first:
            emit(event)
        whole = params.bars or 8
        bars = params.preview_bars or whole
        for done in range(1, bars + 1):
            if done > self.pause_after and self.pause:
                self.wait(wake, person)
            emit(Step(done, bars))
            emit(tunes.preview(done, bars, params.tunes))
        names = ("prompt", "instrument", "bpm", "start", "change", "first_bar", "last_bar", "takes", "preview_bars")
        asked = {name: getattr(params, name) for name in names}
        for number in range(params.tunes):
            if self.error and number == params.tunes - 1:
                raise self.error
            if self.pause and number:
                self.wait(wake, person)
            emit(tunes.output(params.seed + number, whole, **asked))

    def sing(self, emit: Emit, person: str, params: Any) -> None:
        wake = threading.Event()
        emit.on_close(wake.set)
        for done in range(1, 11):
            if done > self.pause_after and self.pause:
                self.wait(wake, person)
            emit(Step(done, 10))
        for number in range(params.tunes):
            emit(tunes.sung(params.seed + number, params.seconds, prompt=params.prompt, clip=params.clip))

    def wait(self, wake: threading.Event, person: str) -> None:
        while not self.go.wait(0.02):
            if wake.is_set():
                self.left.append(person)
                return
