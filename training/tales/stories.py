"""Puts stories together from a world and a plot: beginning, beats with something between them, lesson."""

import random
import re

from training.tales.cast import World, draw_world, slots
from training.tales.document import Document, Facts
from training.tales.grammar import capitalized, expand, slots_of
from training.tales.plots import PLOTS, THEMES, Plot
from training.tales.requests import draw_request, draw_request_for_theme

BEGINNINGS = (
    "Once upon a time, {where}, there lived {who} named {hero}.",
    "Once upon a time there was {who} named {hero}, who lived {where}.",
    "Once there was {who} called {hero}. {He} lived {where}.",
    "Long ago, {where}, there lived {who} called {hero}.",
    "There was once {who} named {hero}, and {his} home was {where}.",
    "In the days when stories were young, {who} named {hero} lived {where}.",
    "This is the story of {who} named {hero}, who lived {where}.",
    "Not so long ago, {who} called {hero} lived {where}.",
)
HABITS = (
    "{He} loved {food} more than anything else.",
    "Every morning {he} [greeted the sun|sang a song|walked all around {place}].",
    "{He} [knew every corner of|had never left|was known all over] {place}.",
    "[Everybody knew|Everybody liked] {hero}, for {he} always had a [joke|smile|song] ready.",
    "{His} favourite colour was {colour}.",
    "{He} owned {a_thing} that was older than {he} was.",
    "It was quiet there, and {hero} liked it that way.",
    "No other {kind} was like {him}.",
)
WEATHER = (
    "[The sun was shining|It was a warm day], and the sky was blue.",
    "[Rain was tapping on the roof.|Grey clouds rolled in, and it began to rain.]",
    "[Snow was falling softly.|The first snow lay on {place}.]",
    "[A fresh wind blew|A soft wind went] over {place}.",
    "[The moon was round and bright.|Stars stood over {place}.]",
    "[Fog lay over {place}.|The morning was cool and quiet.]",
)
BETWEEN = (
    "[All around, it was quiet.|The birds stopped singing.|Far away a bell rang.]",
    "[Time went by.|An hour went by.|So it went for a while.]",
    "[What a day it was!|Nobody had expected that.|Who would have thought so?]",
    "[The clouds over {place} turned {colour}.|A {colour} butterfly flew by.]",
)
ENDINGS = (
    "From that day on, {hero} knew that {lesson}.",
    "And {hero} never forgot that {lesson}.",
    "Now {hero} knew that {lesson}.",
    "That night {hero} fell asleep with a smile, for {he} had learned that {lesson}.",
    "And so {hero} the {kind} learned that {lesson}.",
    "And all over {place} they still tell how {hero} learned that {lesson}.",
)
_FULL_STOP = re.compile(r'\."(?= (?:he|she|said|asked|called|shouted|whispered)\b)')  # "So." he said: a comma
CAST = frozenset({"hero", "friend", "third"})


def write_story(rng: random.Random, world: World | None = None, plot: Plot | None = None) -> Document:
    """A story with a prompt that asks for some of what is in it; one in eight has no prompt."""
    world, plot = world or draw_world(rng), plot or rng.choice(PLOTS)
    body = _body(world, plot, rng)
    cast = (world.hero, world.friend, world.third)
    names = tuple(one.name for one in cast if one.name in body)
    thing = world.thing if world.thing in body else ""
    values = Facts("story", world.hero.name, world.hero.kind, world.place.noun, plot.theme, thing=thing, names=names)
    prompt, asked = ("", ()) if rng.random() < 0.12 else draw_request(world, values, rng)
    return Document(prompt, body, Facts(**{**vars(values), "asked": asked}))


def write_outline(rng: random.Random) -> Document:
    """Only how a story begins and what it teaches, for a theme: so few words between the two teach what it asks for."""
    world, plot = draw_world(rng), rng.choice(PLOTS)
    body = _body(world, Plot(plot.theme, plot.beats[:1]), rng)
    names = tuple(one.name for one in (world.hero, world.friend, world.third) if one.name in body)
    values = Facts("outline", world.hero.name, world.hero.kind, world.place.noun, plot.theme, names=names)
    prompt, asked = draw_request_for_theme(world, values, rng)
    return Document(f"In short: {prompt}", body, Facts(**{**vars(values), "asked": asked}))


def _body(world: World, plot: Plot, rng: random.Random) -> str:
    """Paragraphs in lines of their own; none begins with a name, since a name after a space is another token."""
    filled = slots(world)
    filled["lesson"] = rng.choice(THEMES[plot.theme].lessons)
    pieces = [rng.choice(BEGINNINGS)]
    if rng.random() < 0.55:
        pieces.append(rng.choice(HABITS))
    if rng.random() < 0.35:
        pieces.append(rng.choice(WEATHER))
    for index, beat in enumerate(plot.beats):
        if index and rng.random() < 0.1:
            pieces.append(rng.choice(BETWEEN))
        pieces.append(beat)
    pieces.append(rng.choice(ENDINGS))
    text = ""
    for index, piece in enumerate(pieces):
        sentence = expand(piece, filled, rng)
        named_first = sentence.startswith((world.hero.name, world.friend.name, world.third.name))
        breaks = piece in plot.beats[1:] and not named_first and rng.random() < 0.7
        text += ("\n" if breaks else " " if index else "") + capitalized(sentence)
    return _FULL_STOP.sub(',"', text)


def first_named(sentence: str) -> str:
    """Which of the cast a template names first, or nothing."""
    return next((slot for slot in slots_of(sentence) if slot in CAST), "")
