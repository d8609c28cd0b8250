"""Letters that Pillow's own font lacks are looked for in others."""

import pytest

from playground.media import letters
from tabs import theme


def test_plain_words_are_written_in_pillows_own_font():
    own = next(letters.opened(18, ()))
    assert letters.font("Steps 2 · red boat…", 18).getname() == own.getname()
    assert letters.lacking(own, "a red boat") == 0 and letters.lacking(own, "Łódź, été") == 4


def test_the_letters_of_the_page_are_taken_where_pillows_own_lack_some():
    found = letters.font("Łódź, été", 18, [theme.LETTERS])
    assert found.getname()[0] == "Quicksand" and letters.lacking(found, "Łódź, été") == 0


def test_fonts_that_are_not_here_or_broken_are_left_out(tmp_path, monkeypatch):
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"no font")
    monkeypatch.setattr(letters, "FONTS", ("no such font.ttf",))
    found = letters.font("été", 18, [broken, tmp_path / "none.ttf"])
    assert found.getname() == next(letters.opened(18, ())).getname()


class Font:
    def __init__(self, known):
        self.known = known

    def getmask(self, letter):
        mask = (letter if letter in self.known else "box").encode()
        return type("Mask", (bytes,), {"size": (len(mask), 1)})(mask)


@pytest.mark.parametrize("text, best", [("ab", 0), ("a ж", 1), ("ж日", 1), ("日 本 ж", 2), ("?", 0)])
def test_the_font_that_lacks_the_fewest_letters_is_taken(text, best):
    fonts = [Font("ab"), Font("abж"), Font("日本")]
    assert letters.fewest(iter(fonts), text) is fonts[best]
