"""What a piano roll shows of a tune or a score, as plain data in seconds; knows no page and no sound."""

from typing import Any

from playground.media.score import Score
from playground.media.tune import BAR, TICKS, Tune


def of_score(score: Score, tune: Tune) -> dict[str, Any]:
    """All tracks of an arranged tune, the melody first."""
    tracks = [
        {
            "name": track.name,
            "instrument": "drum kit" if track.drums else track.instrument,
            "drums": track.drums,
            "notes": [[round(note.start, 3), round(note.seconds, 3), note.pitch] for note in track.notes],
        }
        for track in score.tracks
    ]
    return {**_frame(tune, len(tune.bars)), "tracks": tracks}


def of_melody(tune: Tune, bars: int) -> dict[str, Any]:
    """The melody as far as it is written, on a roll of so many bars."""
    second, tick, notes = _second(tune), 0, []
    for bar in tune.bars:
        for note in bar.notes:
            if note.pitch is not None:
                notes.append([round(tick * second, 3), round(note.ticks * second, 3), note.pitch])
            tick += note.ticks
    return {**_frame(tune, bars), "tracks": [{"name": "Melody", "instrument": "", "drums": False, "notes": notes}]}


def _frame(tune: Tune, bars: int) -> dict[str, Any]:
    """Length, bar lines and chords with the seconds they begin at."""
    length = BAR[tune.metre] * _second(tune)
    chords = [
        [round((index + place / len(bar.chords)) * length, 3), name]
        for index, bar in enumerate(tune.bars)
        for place, name in enumerate(bar.chords)
    ]
    return {"seconds": round(bars * length, 3), "bar": length, "chords": chords}


def _second(tune: Tune) -> float:
    """Of a tick."""
    return 60 / tune.bpm / TICKS
