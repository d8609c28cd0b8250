"""Plots of patience, practice, teamwork and gratitude; knows nothing of how a story is put together."""

from training.tales.plots.plot import plot

PLOTS = (
    plot(
        "patience",
        """
        One day {hero} found a small {colour} seed. {He} [planted it and gave it water|put it into the ground
        and waited].

        The next day there was nothing. [A week went by|Many days went by], and still there was nothing.
        "[Why does it not grow?|Maybe it is only a stone.]" said {hero}.

        {friend}, {a_fwho}, [was passing by|looked over the fence]. "[Give it time|It only needs time]," said
        {friend}.
        So {hero} came every morning and [sang to it|told it stories].

        Then one [bright|warm] morning a tiny green leaf came out of the ground. It grew and grew,
        and [by summer|in the end] it was a tree full of {colour} flowers.
        """,
    ),
    plot(
        "patience",
        """
        {hero} wanted to [see|meet] the great {colour} bird that [came only once a year|nobody had ever seen].
        "I want to see it now!" {he} said, and [ran around|shouted for it] all day.

        But the bird did not come. {friend} the {fkind} sat [quietly|still] under a tree with {a_thing}.
        "[Sit down beside me|Come and wait with me]," said {friend}. "Loud feet chase everything away."

        So {hero} sat down. {He} [heard the wind in the leaves|counted the clouds]. An hour went by, and another.

        And then, [without a sound|very softly], the bird landed right in front of them. Its feathers shone like fire.
        {hero} [held {his} breath|did not move at all], and it was the best moment of {his} life.
        """,
    ),
    plot(
        "practice",
        """
        More than anything, {hero} wanted to [swim|sing|dance|skate|paint|juggle].
        But the first time {he} tried, [it all went wrong|everybody laughed].

        "I will never learn it," said {hero}, and [sat down in the grass|threw {his} {thing} into a corner].

        Then {friend} the {fkind} sat down beside {him}. "I needed a hundred tries," said {friend}. "Try again
        with me."
        So {he} tried again every [day|morning]. [It was hard|{He} made many mistakes], but each day it was a
        little easier.

        At last the day of the great festival came. {hero} [stepped forward|walked onto the stage] and did it
        perfectly.
        Everybody [clapped and cheered|threw flowers], and {friend} cheered the loudest.
        """,
    ),
    plot(
        "practice",
        """
        One day {hero} decided to build {a_thing}. [How hard could it be?|It looked so easy!]
        But the first one fell apart [at once|in {his} hands].

        The second one [was crooked|broke too], and the third one [was even worse|fell into the water].
        "[I give up!|That is enough!]" shouted {hero}.

        An old master named {friend} had been watching. "Look at my {thing}," said {friend}. "It is my thousandth."
        So {hero} [went back to work|started again], slowly and with care.

        The tenth {thing} [was almost right|held for a day]. The twentieth was [beautiful|perfect].
        {hero} [painted|made] it {colour} and hung it over {his} door.
        """,
    ),
    plot(
        "teamwork",
        """
        That day [a huge stone had rolled onto the road|a great tree had fallen across the path], and nobody
        could pass.
        {hero} pushed and pulled, but nothing happened.

        "I cannot do this alone," said {hero}. So {he} [called for help|rang the bell].
        Along came {friend} the {fkind} with a long rope and {third} the {tkind} with {a_thing}.

        "[One, two, three!|If we all pull, it will move!]" cried {third}.
        They pulled [as hard as they could|until evening].
        Slowly, very slowly, it began to move. Hurrah!

        To celebrate, they [ate {food}|had {food}] under the stars, and {hero} [told jokes|sang a song] until
        midnight.
        """,
    ),
    plot(
        "teamwork",
        """
        There was going to be a great race, and {hero} wanted to win it [with {his} {thing}|more than anything].
        But {he} could [not swim|not climb] well, and the way went [over the river|up a steep wall].

        {friend} the {fkind} had the same trouble. "[I am good at climbing, but not at swimming|I am fast, but
        I get lost],"
        said {friend}.
        "[Then let us be a team|Let us go as a team]!" said {hero}.

        [{hero} found the way|{hero} carried the bag],
        and {friend} [pulled {him} over the wall|helped {him} up again and again].
        They [laughed|sang] so much that they forgot about winning.

        And when they looked up, they were the first! They [shared|won] the golden cup, and it was full of {food}.
        """,
    ),
    plot(
        "gratitude",
        """
        One night {hero} [found|helped] a silver fish that was caught in a net.
        "You saved me," said the fish. "You may make one wish."

        {hero} [thought for a while|did not think long] and wished for a palace full of treasure.
        In a flash {he} stood in a [hall|house] with a hundred rooms and {a_thing} made of gold.

        But the rooms were cold, and nobody laughed there. {hero} missed {friend}, the {fkind} next door.
        "Please take me home again," {he} said.

        There was a flash of light, and {he} was home. There stood {friend} with a plate of {food}.
        [It was the best meal of {his} life.|Nothing had ever tasted so good.]
        """,
    ),
    plot(
        "gratitude",
        """
        {hero} was never [content|happy] with anything. {His} {thing} was too old, and {his} {food} was too cold.

        One day {he} met {a_fkind} named {friend}, who had nothing but [a blanket|one small bag] and sang all day.
        "Why are you so happy?" asked {hero}.

        "[Every evening I count three good things|I say thank you for three things every day]," said {friend}.
        "Today they are the sun, the song of a bird, and you."

        That evening {hero} tried it too. {He} counted {his} {thing}, {his} warm bed, and {friend}.
        And [suddenly|slowly] {he} felt rich.
        """,
    ),
)
