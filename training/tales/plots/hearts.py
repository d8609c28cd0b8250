"""Plots of courage, kindness, friendship, sharing and honesty; knows nothing of how a story is put together."""

from training.tales.plots.plot import plot

PLOTS = (
    plot(
        "courage",
        """
        [{hero} was afraid of only one thing: the dark.|But {hero} was very afraid of the dark.]
        [Every night {he} left a candle burning.|When the sun went down, {he} hid under a blanket.]

        One night {friend} the {fkind} [cried out from far away|called for help].
        "[Please come!|Help me!] I am stuck [under a fallen branch|in a deep hole] and I cannot get out!"

        [{hero} was shaking, but {he} took a deep breath.|{hero} felt {his} heart beat fast.]
        {He} [took|picked up] {his} {thing} and walked out into the night, one step after another.

        At last {he} [found|reached] {friend} and pulled {fhim} out.
        "You came through the dark for me," said {friend}.

        [They walked home side by side|They went home hand in hand], and the dark was [only dark|full of stars].
        """,
    ),
    plot(
        "courage",
        """
        One day a [terrible|wild|great] storm came, and the wind [tore at the roofs|howled all day].
        {hero} [wanted to hide|sat in a corner] with {his} {thing}.

        Then {he} heard [a small voice|somebody crying]. {friend} the {fkind} was [out there|alone] in the storm.
        "[I cannot hold on much longer!|The wind is too strong for me!]" cried {friend}.

        "[I am scared, but I am coming!|Hold on! I will help you!]" called {hero}.
        {He} tied a rope around {himself} and ran into the rain.

        {He} [caught|reached] {friend} just in time and [carried|led] {fhim} inside.
        They drank [hot tea|warm milk] and listened to the storm, and neither of them was afraid any more.
        """,
    ),
    plot(
        "kindness",
        """
        {hero} had {a_thing} that {he} loved [very much|more than anything].
        But one [morning|day] the {thing} was gone, and {he} [looked for it everywhere|searched high and low].

        On the way {he} met {a_fkind} named {friend}, who [was stuck in the mud|had hurt {fhis} foot].
        "[Please, can you help me?|Will you help me?]" asked {friend}.

        {hero} [wanted to go on looking|was in a hurry], but {he} stopped and helped {friend} [at once|all the same].
        It took [a long time|the whole afternoon].

        "You are so kind," said {friend}. "Are you looking for {a_thing}? I saw one near the old gate."
        [They ran to the gate|They went there together], and there was the {thing}!

        {hero} [laughed|danced] with joy and [gave|baked] {friend} some {food} to say thank you.
        """,
    ),
    plot(
        "kindness",
        """
        One cold evening an old [woman|man] came by and asked for [something to eat|a warm place to sleep].
        Everybody else [closed the door|looked away], but {hero} did not.

        "[Come in and sit by the fire|Come in, it is warm here]," said {hero}.
        {He} gave the guest {food} and {his} own bed, and [slept on the floor|asked for nothing].

        In the morning the guest was gone. On the table lay {a_colour} {thing} and a letter.
        It said: "For {hero}, who was kind when nobody else was."

        [Whenever {he} was sad|From then on, when {he} was alone], {he} [held|took] the {colour} {thing} and
        felt warm.
        Soon {friend}, {a_fwho}, came by [to see it|and asked about it], and {hero} told {fhim} the whole story.
        """,
    ),
    plot(
        "friendship",
        """
        But {hero} had nobody to play with, and {he} [often felt lonely|was sad about it].
        So {he} took {his} {thing} and [went for a walk|set off to look for a friend].

        [After a while|Behind a big stone] {he} saw {a_fwho} sitting all alone.
        "[Hello! What is your name?|Good morning! Who are you?]" asked {hero}.

        The {fkind} [looked up|was surprised]. "My name is {friend}," {fhe} said.
        "[I thought nobody wanted to talk to me.|Nobody has ever asked me that before.]"

        {hero} showed {fhim} the {thing}, and they [played until the sun went down|laughed all afternoon].
        The next day {friend} came back, and the day after that too.
        """,
    ),
    plot(
        "friendship",
        """
        One day {a_fwho} named {friend} moved in next door.
        [Nobody knew {fhim}|Everybody was a little afraid of {fhim}], and {hero} only watched from the window.

        "[I wonder what {fhe} is like|Maybe {fhe} likes {food} too]," said {hero}.
        So {he} [knocked at the door|went over] with {food} and {his} {thing}.

        The door opened slowly. "Is that for me?" asked {friend}.
        [They sat down|They sat on the steps] and ate, and [talked about everything|told each other stories].

        "I was afraid to come here," said {friend}. "[Now I am glad|Now I am not afraid any more]."
        From then on {hero} and {friend} [met every day|were never apart].
        """,
    ),
    plot(
        "sharing",
        """
        One day {hero} had [made|baked] a big plate of {food}, and it smelled wonderful.
        "This is all mine," {he} said.

        Then {friend} the {fkind} [came by|knocked at the door]. "[I am so hungry. May I have a little?|May I
        try some?]"
        But {hero} [shook {his} head|said no], and {friend} went away.

        {hero} ate and ate, but the {food} did not taste good. The room [was very quiet|felt cold and empty].

        So {he} ran after {friend} and called, "[I am sorry.|Please wait!] Come and eat with me!"
        They [sat down|ate] together, and now the {food} was the best in the world.
        """,
    ),
    plot(
        "sharing",
        """
        {hero} had {a_colour} {thing}, the [finest|most beautiful] far and wide. Nobody else was allowed to touch it.

        One day {friend} the {fkind} asked, "[May I play with it too?|Can I hold it for a moment?]"
        "No," said {hero}. "It is mine." And {friend} [walked away|went home] with {fhis} head down.

        But it was [dull|no fun] to play alone. {hero} looked at the {thing}, and then {he} [had an idea|stood up].

        "[Let us take turns!|You first, and then me!]" {he} called, and {friend} [came running|smiled at last].
        They [invented|played] a game that needed two, and it was much more fun than before.
        """,
    ),
    plot(
        "honesty",
        """
        By accident, {hero} [broke|dropped] the {thing} that belonged to {friend} the {fkind}.
        Nobody had seen it. {He} [hid the pieces|put the pieces under a bush] and [ran home|said nothing].

        That night {he} could not sleep. It felt as if [a stone lay|there was a stone] in {his} belly.

        The next morning {friend} [was crying|looked everywhere]. "Who has seen my {thing}?" {fhe} asked.
        {hero} [could not stay silent|stepped forward]. "It was me. I broke it, and I am sorry."

        {friend} was quiet for a moment, and then {fhe} [smiled|nodded].
        "Thank you for telling me. [Let us mend it.|We can mend it.]" They glued the {thing}, and it was almost
        as good as new.
        """,
    ),
    plot(
        "honesty",
        """
        One day {hero} found a [purse|bag] full of gold [on the road|under a tree]. {He} could buy anything now!
        {He} thought of {a_colour} {thing} and of {food}.

        Then {he} met {a_fkind} called {friend}, who [looked very worried|was searching the ground].
        "I have lost my purse," said {friend}. "[It was all I had|I saved for it for years]. Have you seen it?"

        {hero} [felt {his} face turn red|held the purse tight]. It would be so easy to say no.
        But {he} [took a deep breath|shook {his} head at {himself}] and said, "Here it is. I found it."

        {friend} [hugged {him}|jumped for joy] and gave {him} {a_thing} as a reward.
        {hero} had no gold, but {he} [felt light as a feather|whistled all the way home].
        """,
    ),
)
