from html.parser import HTMLParser

from playground.facts import Facts
from tabs import pieces

EVIL = '"><script>alert(1)</script><img src=x onerror=alert(2)>'


def tags(html):
    found = []

    class Parser(HTMLParser):
        def handle_starttag(self, tag, attrs):
            found.append(tag)

    Parser().feed(html)
    return set(found)


def test_everything_from_outside_is_escaped():
    facts = Facts("k", "image", EVIL, EVIL, EVIL, EVIL, here=True, bytes=10_000_000, runs=EVIL)
    html = pieces.model_card(facts, {"subjects": [EVIL]}) + pieces.chips([EVIL])
    assert not tags(html) & {"script", "img"}


def test_the_card_tells_what_a_model_is():
    facts = Facts("k", "image", "diffusion", "K", "MIT", "Draws.", here=True, bytes=9_900_000, runs="fits: needs 1 GB")
    html = pieces.model_card(facts, {"subjects": ["boat"], "synonyms": {"boat": ["ship"]}})
    for text in ("Draws.", "diffusion", "9.9 MB", "MIT", "fits: needs 1 GB", 'data-word="boat"'):
        assert text in html
    assert "ship" not in html


def test_a_model_without_a_list_of_words_has_none():
    assert "details" not in pieces.model_card(Facts("k", "image", "", "", "", "", False, 0, "not here"), {})
