"""What hands, basses and drums can play, as patterns of one bar; knows no style, no tune and no sound.

A pattern is a line of cells of three ticks, 16 in 4/4 and 12 in 3/4 and 6/8. "-" goes on with what sounds, "." is
silence. For chords, "x" is the whole chord and a digit one of its tones from below, an octave up past the top. For the
bass, "r" is the root, "3" and "5" the chord's tones, "8" the root's octave, "a" a step that leads to the next root.
For drums, "X", "x" and "o" are a loud, a plain and a soft stroke. Several patterns take turns, bar by bar.
"""

from collections.abc import Mapping

CELL = 3  # ticks

Patterns = Mapping[str, tuple[str, ...]]  # metre -> patterns that take turns
Beat = Mapping[str, Mapping[str, str]]  # metre -> drum -> pattern

HELD: Patterns = {"4/4": ("x---------------",), "3/4": ("x-----------",), "6/8": ("x-----------",)}
AFTER: Patterns = {"4/4": ("....x-......x-..",), "3/4": ("....x-..x-..",), "6/8": ("....x-....x-",)}
VAMP: Patterns = {"4/4": ("..x-..x-..x-..x-",), "3/4": ("....x-..x-..",), "6/8": ("....x-....x-",)}
STRUM: Patterns = {"4/4": ("x-----x-x---x-x-",), "3/4": ("x---x-x-x---",), "6/8": ("x---x-x---x-",)}
PUSH: Patterns = {
    "4/4": ("x--x--x---x-x---", "x--x--x-----x-x-"),
    "3/4": ("x-----x-x---",),
    "6/8": ("x-----x---x-",),
}
COMP: Patterns = {
    "4/4": ("x-....x-........", "....x-........x-", "..x-......x-....", "x-........x-...."),
    "3/4": ("....x-....x-", "x-......x-.."),
    "6/8": ("x-..x-......", "....x-....x-"),
}
WAVES: Patterns = {"4/4": ("0-1-2-3-4-3-2-1-",), "3/4": ("0-1-2-3-2-1-",), "6/8": ("0-1-2-3-2-1-",)}
ROCKING: Patterns = {"4/4": ("0-2-1-2-0-2-1-2-",), "3/4": ("0-2-1-2-1-2-",), "6/8": ("0-1-2-0-1-2-",)}
SLOW: Patterns = {"4/4": ("0---2---4---2---", "0---3---1---2---"), "3/4": ("0---2---4---",), "6/8": ("0---2-4---2-",)}
QUICK: Patterns = {"4/4": ("0123012301230123",), "3/4": ("012301230123",), "6/8": ("012012012012",)}
DRIVE: Patterns = {"4/4": ("0-0-2-0-1-0-2-1-",), "3/4": ("0-0-2-0-1-2-",), "6/8": ("0-0-2-1-0-2-",)}

DRONE: Patterns = {"4/4": ("r---------------",), "3/4": ("r-----------",), "6/8": ("r-----------",)}
HALVES: Patterns = {"4/4": ("r-----..5-----..",), "3/4": ("r-------....",), "6/8": ("r----.5----.",)}
ROCK: Patterns = {
    "4/4": ("r-----r-5---r-5-", "r-----r-r---8-a-"),
    "3/4": ("r-----r-5---", "r-----5-a---"),
    "6/8": ("r---r-5---r-", "r---r-5---a-"),
}
OCTAVES: Patterns = {"4/4": ("r-8-r-8-r-8-r-8-",), "3/4": ("r-8-r-8-r-8-",), "6/8": ("r-r-8-r-r-8-",)}
WALK: Patterns = {
    "4/4": ("r---3---5---a---", "r---5---3---a---"),
    "3/4": ("r---3---a---", "r---5---a---"),
    "6/8": ("r---3-5---a-",),
}
STEPS: Patterns = {"4/4": ("r-..5-..r-..5-..",), "3/4": ("r---........",), "6/8": ("r-..r-5-..5-",)}
TURNS: Patterns = {"4/4": ("r-----..5-----..",), "3/4": ("r-------....", "5-------...."), "6/8": ("r----.5----.",)}

ROCK_BEAT: Beat = {
    "4/4": {"kick": "X.....x.x.......", "snare": "....X.......X...", "closed hat": "x.o.x.o.x.o.x.o."},
    "3/4": {"kick": "X.....x.....", "snare": "....X...x...", "closed hat": "x.o.x.o.x.o."},
    "6/8": {"kick": "X.........x.", "snare": "......X.....", "closed hat": "x.o.o.x.o.o."},
}
CHIP_BEAT: Beat = {
    "4/4": {"kick": "X...x...X...x...", "snare": "....X.......X..o", "closed hat": "..x...x...x...x."},
    "3/4": {"kick": "X...x...x...", "snare": "....x...X...", "closed hat": "..x...x...x."},
    "6/8": {"kick": "X.....x.....", "snare": "......X...o.", "closed hat": "..x.x...x.x."},
}
MARCH_BEAT: Beat = {
    "4/4": {"kick": "X.......X.......", "snare": "o...X..oo...X.oo"},
    "3/4": {"kick": "X...........", "snare": "....x..ox..."},
    "6/8": {"kick": "X...........", "snare": "o...o.X...oo"},
}
SOFT_BEAT: Beat = {
    "4/4": {"kick": "x.........o.....", "side stick": "........x.......", "shaker": "o.o.o.o.o.o.o.o."},
    "3/4": {"kick": "x...........", "side stick": "........o...", "shaker": "o.o.o.o.o.o."},
    "6/8": {"kick": "x...........", "side stick": "......o.....", "shaker": "o.o.o.o.o.o."},
}
WALTZ_BEAT: Beat = {
    "4/4": {"kick": "x.......x.......", "side stick": "....o.......o..."},
    "3/4": {"kick": "x...........", "side stick": "....o...o...", "tambourine": "....o...o..."},
    "6/8": {"kick": "x.....o.....", "side stick": "....o.....o."},
}
SWING_BEAT: Beat = {
    "4/4": {"ride": "x...x.o.x...x.o.", "closed hat": "....x.......x...", "kick": "o.......o.....o."},
    "3/4": {"ride": "x...x.o.x...", "closed hat": "....o...x...", "kick": "o..........."},
    "6/8": {"ride": "x...o.x...o.", "closed hat": "......x.....", "kick": "o..........."},
}
FOLK_BEAT: Beat = {
    "4/4": {"low tom": "X...o...x...o...", "tambourine": "..o...o...o...o.", "side stick": "....o.......o..."},
    "3/4": {"low tom": "X...........", "tambourine": "....o...o..."},
    "6/8": {"low tom": "X...o.x...o.", "tambourine": "..o.o...o.o."},
}
EPIC_BEAT: Beat = {
    "4/4": {"kick": "X.......x.......", "low tom": "X..x..x.X...x.x.", "mid tom": "..........x...xx"},
    "3/4": {"kick": "X...........", "low tom": "X..x..x.x...", "mid tom": "..........xx"},
    "6/8": {"kick": "X.....x.....", "low tom": "X...x.X...x.", "mid tom": "..........xx"},
}
FILL: Beat = {  # in place of the beat before a new line
    "4/4": {
        "kick": "X.....x.........",
        "snare": "....X.......x.xx",
        "high tom": "........xx......",
        "mid tom": "..........xx....",
    },
    "3/4": {"kick": "X...........", "snare": "....x.....xx", "high tom": "......xx....", "low tom": "........xx.."},
    "6/8": {"kick": "X...........", "snare": "......x.x...", "mid tom": ".........xx."},
}
