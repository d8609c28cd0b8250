"""Plots of curiosity, forgiveness, imagination, hope and being yourself; knows nothing of how a story is made."""

from training.tales.plots.plot import plot

PLOTS = (
    plot(
        "curiosity",
        """
        One day {hero} found a [small|round] {colour} door that {he} had never seen before.
        "[What is behind it?|Where does it go?]" {he} asked. It was locked.

        {hero} [asked everybody|looked for the key for days]. At last {he} met {a_fkind} named {friend}, who
        had {a_thing}.
        "The key is inside this {thing}," said {friend}. "Nobody has ever asked me for it."

        They opened the door together. Behind it was [a garden of glass|a room full of stars|a staircase of light].
        "[How beautiful!|I never knew!]" whispered {friend}.

        They [explored it|stayed there] until evening, and {hero} [had a hundred new questions|wrote it all down].
        """,
    ),
    plot(
        "curiosity",
        """
        In the middle of the night {hero} heard a strange [sound|noise]. "[Tap, tap, tap|Bump, bump, bump]," it went.
        "[What can that be?|Who is there?]" {he} asked. Nobody answered.

        {hero} [was a little afraid, but|could not sleep, and] {he} wanted to know. {He} took {his} {thing} and
        tiptoed outside.
        Something moved [in the shadows|behind the wall].

        It was no monster at all. It was {a_fwho} named {friend}, who was [building a house|fixing a {colour} boat]!
        "I am sorry that I woke you," said {friend}. "I can only work at night."

        "[Will you show me how it works?|Can I help?]" asked {hero}. They [worked|talked] until the sun came up.
        Then they had {food} for breakfast.
        """,
    ),
    plot(
        "forgiveness",
        """
        {hero} and {a_fkind} named {friend} [had always been best friends|did everything together].
        But one day {friend} [lost|broke] the {thing} that {hero} loved.

        "I will never speak to you again!" said {hero}. And [for a whole week|for many days] {he} did not.
        {He} [ate alone|played alone] and looked at the place where the {thing} had been.

        Then there was a knock at the door. There stood {friend} with {a_colour} {thing} that {fhe} had made {fself}.
        "I am so sorry," said {friend}. "It is not as good as yours."

        {hero} [looked at it|held it] for a long time. Then {he} [smiled|opened {his} arms].
        "It is better," {he} said. "I missed you." And they [ate {food}|laughed] until they cried.
        """,
    ),
    plot(
        "forgiveness",
        """
        One morning {friend} the {fkind} took {hero}'s {thing} without asking and [hid it|gave it away].
        {hero} was so angry that {he} [stamped {his} feet|could not eat {his} {food}].

        "[I will take something from you too|You will be sorry]!" {he} shouted. But {third} the {tkind} shook
        {this} head.
        "[Ask why first|First listen]," said {third}.

        So {hero} asked. "[I only wanted you to look at me|You never had time for me]," said {friend}, and
        began to cry.

        {hero} was quiet. Then {he} [sat down|took {fhis} hand] and said, "Next time just ask me to play."
        They [found|got] the {thing} again, and all three [played|danced] in the sun.
        """,
    ),
    plot(
        "imagination",
        """
        It was raining, and {hero} was [bored|tired of waiting]. There was nothing but an old box and {a_thing}.
        "[This is not a box|Look]," {he} said suddenly. "[It is|This is] a ship!"

        {hero} climbed in and sailed over {colour} waves. There came {friend}, {a_fwho}.
        "[May I come aboard?|Where are you sailing?]" asked {friend}.

        "To the end of the world!" said {hero}. The {thing} became [the sail|a treasure], and the carpet was the sea.
        They fought with [pirates|a sea monster] and ate {food} on a desert island.

        When the rain was over, nobody wanted to go out. "[Tomorrow we fly to the moon|Tomorrow it is a
        rocket]," said {friend}.
        """,
    ),
    plot(
        "imagination",
        """
        One night {hero} had a [strange|wonderful] dream: {he} was flying on {a_colour} {thing} over the clouds.
        When {he} woke up, {he} [drew it on paper|told everybody about it].

        "[That is impossible|Nobody can fly on that]," said {friend} the {fkind}, and [laughed|shook {fhis} head].
        But {hero} [went on drawing|kept on dreaming]. {He} drew wings, and wheels, and a tail.

        Day after day {he} built it, piece by piece. At last {friend} came [closer|to look].
        "[Can I hold the hammer?|I think it needs a bigger wing]," said {friend}.

        And on the first day of spring the {colour} {thing} [rose into the air|flew]! {hero} and {friend} waved
        from above.
        """,
    ),
    plot(
        "hope",
        """
        That winter was the longest of all. The snow [lay deep|did not stop], and there was [nothing to eat|no
        more wood].
        {hero} had only {his} {thing} and a last plate of {food}.

        "Spring will never come," said {friend}, {a_fwho} who lived [next door|across the road].
        "[It will|It always comes]," said {hero}. "Let us light a candle every night until then."

        So they lit one candle after another. Soon only one was left. {hero} held it [in both hands|close].

        And then, in the morning, {he} heard water. The ice was melting! {He} ran to wake {friend}.
        [They saw the first flower|There was a first green leaf], and they [danced|cried with joy].
        """,
    ),
    plot(
        "hope",
        """
        One day {hero} lost {his} way. [The path was gone|Fog covered everything], and it was getting dark.
        {He} had nothing but {his} {thing}. "[How will I get home?|Nobody will find me here.]" {he} said.

        Then {he} saw a tiny light far away. [{He} lost it|It went out], but {he} [walked on|did not stop].

        After a long time {he} came to {a_fwho} called {friend}, who held up a {colour} lamp.
        "I light it every night," said {friend}, "in case somebody is looking for the way."

        {friend} led {him} home, and [they had {food}|they ate {food}] by the fire. {hero} gave {fhim} the
        {thing} as a gift.
        """,
    ),
    plot(
        "being yourself",
        """
        {hero} thought that everybody else was better. {He} wanted to be like {friend} the {fkind}.
        {friend} could [jump higher|sing louder|run faster] than anybody.

        So {hero} [tried to walk|tried to talk] like {friend}. {He} even [painted {himself} {colour}|wore
        {a_colour} coat].
        But {he} only [fell over|felt silly], and it [hurt|made {him} sad].

        "Why do you copy me?" asked {friend}. "I always wanted to [play the {thing}|tell stories] like you!"
        {hero} [could not believe it|was surprised]. "Like me?"

        That evening {he} did what {he} did best, and everybody [listened|came to see it] with shining eyes.
        {friend} sat in the first row.
        """,
    ),
    plot(
        "being yourself",
        """
        {hero} was the only {kind} with [{colour} spots|{a_colour} nose|very big ears], and some laughed about it.
        So {he} [hid|stayed at home] and put on [a hat|a long coat].

        One day there was [thick fog|a dark night], and {friend} the {fkind} was lost in it with {third} the {tkind}.
        "[We cannot see anything!|Where are we?]" called {third}.

        {hero} took off [the hat|the coat] and ran out. "[Look for me!|Follow me!]" {he} called. "Nobody looks
        like me!"
        {friend} saw {him} from far away, and soon both were safe.

        "I am glad that you look as you look," said {friend}. They had {food}, and {hero} never hid again.
        """,
    ),
)
