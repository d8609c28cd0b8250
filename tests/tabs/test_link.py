from urllib.parse import parse_qsl

from tabs import link

SETTINGS = dict(prompt="a red & <b>boat</b>", seed=7, negative_prompt="", steps=10, guidance_scale=2.5, width=256,
                height=256, pictures=1)  # fmt: skip


def test_settings_go_into_an_address_and_come_back():
    query = link.query("image", "poster", SETTINGS)
    asked = dict(parse_qsl(query.removeprefix("?")))
    assert asked["tab"] == "image" and asked["model"] == "poster" and "negative_prompt" not in asked
    assert link.values("image", asked) == {k: v for k, v in SETTINGS.items() if v != ""}


def test_what_is_no_number_stays_text_for_the_check():
    assert link.values("image", {"steps": "many", "seed": "1.5", "utm": "x"}) == {"steps": "many", "seed": 1.5}
    assert link.values("image", {"guidance_scale": "3"}) == {"guidance_scale": 3.0}


def test_a_tune_to_go_on_from_goes_along_if_it_is_short():
    told = {"prompt": "a jig", "start": 'X:1\nK:C\n"C"c8|', "change": "rewrite", "first_bar": 1, "last_bar": 1}
    query = link.query("music", "tune", told)
    assert link.values("music", dict(parse_qsl(query.removeprefix("?")))) == told and link.is_whole(query, told)
    for start in ("", "C" * 6000):
        values = {**told, "start": start, "takes": "Bass 1"}
        query = link.query("music", "tune", values)
        assert query == "?tab=music&model=tune&prompt=a+jig&takes=Bass+1" and link.is_whole(query, values) != bool(
            start
        )
