"""The themes of all plots, with their lessons; knows no plot."""

from training.tales.plots.plot import Theme

THEMES = {
    "courage": Theme(
        ("courage", "being brave", "overcoming fear"),
        (
            "being brave does not mean that you are never afraid",
            "courage often starts with one small step",
            "even a small heart can hold a lot of courage",
        ),
        ("brave", "courage"),
    ),
    "kindness": Theme(
        ("kindness", "being kind", "helping others"),
        (
            "a little kindness always finds its way back",
            "it costs nothing to be kind",
            "kindness can open every door",
        ),
        ("kind",),
    ),
    "friendship": Theme(
        ("friendship", "making friends", "a new friend"),
        (
            "a friend can be found in the most surprising place",
            "nobody is alone who has a friend",
            "a true friend is worth more than gold",
        ),
        ("friend",),
    ),
    "sharing": Theme(
        ("sharing", "learning to share"),
        (
            "sharing makes every joy bigger",
            "good things are better when we share them",
            "there is always enough for those who share",
        ),
        ("shar",),
    ),
    "honesty": Theme(
        ("honesty", "telling the truth", "being honest"),
        (
            "the truth makes the heart light",
            "it is brave and good to tell the truth",
            "an honest word is worth more than silver",
        ),
        ("truth", "honest"),
    ),
    "patience": Theme(
        ("patience", "being patient", "waiting"),
        (
            "good things need patience",
            "patience is a kind of magic",
            "those who are patient see the most beautiful things",
        ),
        ("patien",),
    ),
    "practice": Theme(
        ("practice", "never giving up", "learning something new"),
        (
            "practice turns hard things into easy ones",
            "every master was once a beginner who went on with practice",
            "a little practice every day moves mountains",
        ),
        ("practice",),
    ),
    "teamwork": Theme(
        ("teamwork", "working together"),
        (
            "together we can do what nobody can do alone",
            "many hands that work together make hard work light",
            "the best plans are made together",
        ),
        ("together",),
    ),
    "gratitude": Theme(
        ("gratitude", "being thankful", "saying thank you"),
        (
            "the one who is thankful is already rich",
            "it is good to be thankful for small things",
            "thankful eyes see treasures everywhere",
        ),
        ("thankful",),
    ),
    "curiosity": Theme(
        ("curiosity", "being curious", "asking questions"),
        (
            "the world opens for those who are curious",
            "every curious question is the beginning of an adventure",
            "it is good to stay curious",
        ),
        ("curious",),
    ),
    "forgiveness": Theme(
        ("forgiveness", "saying sorry", "forgiving"),
        (
            "it is never too late to forgive",
            "those who forgive sleep better",
            "to forgive is a gift for two",
        ),
        ("forgive",),
    ),
    "imagination": Theme(
        ("imagination", "dreams", "using your imagination"),
        (
            "imagination can turn a cardboard box into a ship",
            "with imagination no day is ever dull",
            "every great thing begins with imagination",
        ),
        ("imagination",),
    ),
    "hope": Theme(
        ("hope", "not losing hope"),
        (
            "there is hope even in the darkest night",
            "hope is a small light that never goes out",
            "those who keep hope find a way",
        ),
        ("hope",),
    ),
    "being yourself": Theme(
        ("being yourself", "being different"),
        (
            "it is best to be yourself",
            "nobody else can be yourself for you",
            "what makes you different makes you yourself",
        ),
        ("yourself",),
    ),
}
