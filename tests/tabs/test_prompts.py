import random

from tabs import prompts

WORDS = {
    "subjects": ["boat", "owl"],
    "colours": ["red", "orange"],
    "sizes": ["small"],
    "places": ["on the sea"],
    "times": ["at sunset"],
    "weather": ["with clouds"],
    "positions": ["on the left"],
    "synonyms": {"boat": ["sailboat"]},
}


def test_surprise_composes_only_words_the_model_knows():
    rng = random.Random(3)
    drawn = {prompts.surprise(WORDS, rng) for _ in range(400)}
    assert len(drawn) > 50
    assert all(prompts.unknown(prompt, WORDS) == [] for prompt in drawn)
    assert all("  " not in prompt and ", ," not in prompt and not prompt.endswith((",", " ")) for prompt in drawn)
    assert any(prompt.startswith("an orange") for prompt in drawn) and not any("a orange" in p for p in drawn)


def test_surprise_without_a_list_of_words_takes_an_example():
    assert prompts.surprise({}, random.Random(1)) in prompts.EXAMPLES


def test_surprise_does_without_groups_a_model_lacks():
    assert prompts.unknown(prompts.surprise({"subjects": ["boat"]}, random.Random(1)), {"subjects": ["boat"]}) == []


def test_a_pattern_is_filled_with_words_of_its_roles():
    words = {
        "heroes": ["owl"],
        "code_tasks": ["add two numbers"],
        "prompts": ["A story about {a_hero} and {hero}.", "# {Code_task}"],
    }
    assert prompts.composed(words, random.Random(0)) == "A story about an owl and owl."
    assert prompts.composed(words, random.Random(0), code=True) == "# Add two numbers"
    assert prompts.composed({}, random.Random(0)) == ""


def test_unknown_words_are_told_once_in_order():
    assert prompts.unknown("A Red dragon, a dragon on THE sea-shore & a sailboat!", WORDS) == ["dragon", "sea-shore"]
    assert prompts.unknown("dragon", {}) == []
    assert prompts.unknown_sentence("Poster", "a red dragon", WORDS) == "Poster does not know: dragon."
    assert prompts.unknown_sentence("Poster", "a red boat", WORDS) == ""


def test_a_flood_of_unknown_words_is_cut():
    sentence = prompts.unknown_sentence("Poster", " ".join(f"word{i}" + "x" * 90 for i in range(300)), WORDS)
    assert sentence.endswith("and 294 more.") and len(sentence) < 300
