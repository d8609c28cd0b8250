"""Whom and what stories are about: hundreds of nouns, so that a model must copy them; knows no sentence."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(text.split("|"))


ANIMALS = _words(
    "fox rabbit bear mouse owl hedgehog squirrel kitten cat puppy dog duck frog turtle penguin elephant lion tiger "
    "otter badger deer sparrow robin crow goat lamb pony snail beetle bee butterfly whale dolphin crab octopus seal "
    "camel zebra giraffe monkey panda koala kangaroo hippo rhino crocodile parrot peacock flamingo swan goose hen "
    "rooster turkey pigeon eagle falcon hawk heron stork pelican woodpecker cuckoo swallow magpie raven wolf coyote "
    "moose elk bison donkey horse mule cow bull pig sheep llama beaver mole bat rat hamster weasel raccoon skunk "
    "possum porcupine hare lynx leopard cheetah panther jaguar gorilla lemur sloth anteater armadillo lizard gecko "
    "snake toad newt salamander tadpole goldfish salmon trout shark squid jellyfish starfish lobster shrimp clam ant "
    "spider cricket grasshopper ladybird dragonfly firefly moth caterpillar worm walrus reindeer yak ostrich emu"
)
PEOPLE = _words(
    "girl boy baker farmer sailor gardener painter knight princess prince wizard clockmaker shepherd pirate inventor "
    "queen king fisherman giant witch tailor shoemaker miller blacksmith carpenter potter weaver cook teacher doctor "
    "nurse dentist pilot astronaut detective explorer scientist musician drummer violinist singer dancer clown "
    "juggler magician acrobat postman librarian firefighter policeman captain soldier hunter woodcutter beekeeper "
    "candlemaker lighthouse-keeper builder mechanic driver diver swimmer runner skater climber poet writer actor "
    "photographer student hermit traveller merchant messenger beggar toymaker barber plumber gardener chef astronomer "
    "engineer"
)
CREATURES = _words(
    "dragon unicorn fairy elf dwarf troll goblin mermaid ghost monster robot snowman scarecrow genie phoenix griffin "
    "yeti gnome pixie dinosaur alien vampire teapot cloud star pebble pumpkin carrot potato pencil lantern kite train "
    "tractor boat balloon clock candle umbrella toaster spoon sock button cactus mushroom acorn snowflake raindrop "
    "moonbeam rocket submarine bicycle piano trumpet violin drum book doll puppet statue windmill tree sunflower rose"
)
HEROES = tuple(dict.fromkeys([*ANIMALS, *PEOPLE, *CREATURES]))
SHE_ONLY = frozenset(_words("girl princess queen witch mermaid hen cow"))
HE_ONLY = frozenset(_words("boy prince king fisherman postman policeman rooster bull snowman"))
NEVER_TAUGHT = ("platypus", "accountant", "meerkat", "ballerina", "hovercraft", "cowboy", "chipmunk", "viking")
"""Heroes that no training text has, to measure what happens with words from outside."""

SHE_NAMES = _words(
    "Lily Mia Anna Rosa Ella Zoe Nora Ruby Ivy Clara Daisy Luna Hazel Maya Tara Sofia Molly Poppy Ada Freya June "
    "Olive Emma Lucy Sara Alice Grace Julia Eva Nina Lena Lea Amelia Mary Kate Jane Rita Aisha Leila Mei Yuki Priya "
    "Sally Bella Stella Iris Flora Elsa"
)
HE_NAMES = _words(
    "Tom Max Sam Leo Finn Ben Oscar Jack Milo Theo Hugo Felix Otto Noah Arlo Rafi Toby Emil Jonas Kit Pip Ravi Gus "
    "Bob Tim Paul Peter John David Adam Luke Henry Charlie George Fred Bruno Carlos Diego Ali Omar Ken Ivan Lars Nils "
    "Rex Barnaby Simon Bert"
)
SYLLABLES = _words(
    "ba be bi bo bu da de di do du fa fe fi fo ga go gu ja jo ka ke ki ko la le li lo lu ma me mi mo mu na ne ni no "
    "nu pa pe pi po ra re ri ro ru sa se si so ta te ti to tu va ve vi vo wa wi xa ya yo za ze zi zo zu bra dra fro "
    "gri kra pla sto tri bel dor fen gar lin mar nor pel rin sol tam vel wen zor"
)
ENDINGS = _words("n l r s x k m th nd sh rt")

ADJECTIVES = _words(
    "little small young shy brave curious clever kind gentle lonely sleepy cheerful grumpy quiet proud clumsy tiny "
    "friendly playful careful old big hungry happy sad silly lazy funny polite wise tired busy nervous fluffy green "
    "blue golden tall strong dreamy forgetful stubborn"
)
COLOURS = _words("red blue green yellow golden silver white purple orange pink")
THINGS = _words(
    "kite ball lantern scarf flute key map drum boat hat storybook bell button paintbrush basket teapot whistle "
    "blanket seed mirror compass umbrella marble rope ladder bucket spoon candle ribbon feather shell stone coin ring "
    "crown sword shield broom pillow puppet doll telescope hammer wheel clock letter painting guitar trumpet violin "
    "box jar bottle cup plate pencil notebook sock boot glove coat necklace bracelet statue lamp chair sledge "
    "skateboard bicycle wagon net anchor flag tent backpack horn harp top mask cushion"
)
FOODS = _phrases(
    "apple pie|honey cakes|warm bread|berry jam|carrot soup|sweet plums|pancakes|hazelnuts|strawberries|porridge|"
    "noodles|cheese|pumpkin soup|cherry tart|rice pudding|gingerbread|peaches|roast chestnuts|dumplings|pizza"
)
