"""Functions of strings, as people ask for them; knows nothing of how they are told."""

from training.tales.functions.task import task


@task("reverse a string|turn a string around", "reverse_string('abc') == 'cba'; reverse_string('') == ''")
def reverse_string(text):
    """Return text in reverse order."""
    return text[::-1]


@task(
    "check for a palindrome|check if a string is a palindrome",
    "is_palindrome('Never odd or even'); not is_palindrome('abc')",
)
def is_palindrome(text):
    """Return True if text reads the same backwards."""
    text = text.lower().replace(" ", "")
    return text == text[::-1]


@task("count the vowels in a string|count vowels", "count_vowels('Banana') == 3; count_vowels('xyz') == 0")
def count_vowels(text):
    """Return the number of vowels in text."""
    count = 0
    for letter in text.lower():
        if letter in "aeiou":
            count += 1
    return count


@task("count the words in a text|count words", "count_words('a big dog') == 3; count_words('') == 0")
def count_words(text):
    """Return the number of words in text."""
    return len(text.split())


@task("count how often each word occurs|count word frequencies", "word_counts('a b a') == {'a': 2, 'b': 1}")
def word_counts(text):
    """Return how often each word occurs."""
    counts = {}
    for word in text.split():
        counts[word] = counts.get(word, 0) + 1
    return counts


@task("count how often each letter occurs|count letter frequencies", "letter_counts('aba') == {'a': 2, 'b': 1}")
def letter_counts(text):
    """Return how often each letter occurs."""
    counts = {}
    for letter in text:
        counts[letter] = counts.get(letter, 0) + 1
    return counts


@task("count a letter in a string|count how often a letter occurs", "count_letter('banana', 'a') == 3")
def count_letter(text, letter):
    """Return how often letter occurs in text."""
    return text.count(letter)


@task("make a string uppercase|turn a string into capital letters", "shout('abc') == 'ABC'")
def shout(text):
    """Return text in capital letters."""
    return text.upper()


@task("capitalize each word|make the first letter of each word uppercase", "title_case('the old fox') == 'The Old Fox'")
def title_case(text):
    """Return text with each word capitalized."""
    return " ".join(word.capitalize() for word in text.split())


@task("find the longest word|find the longest word in a text", "longest_word('a big elephant') == 'elephant'")
def longest_word(text):
    """Return the longest word of text."""
    return max(text.split(), key=len)


@task("find the shortest word|find the shortest word in a text", "shortest_word('big a elephant') == 'a'")
def shortest_word(text):
    """Return the shortest word of text."""
    return min(text.split(), key=len)


@task("remove the vowels from a string|delete all vowels", "remove_vowels('banana') == 'bnn'")
def remove_vowels(text):
    """Return text without vowels."""
    return "".join(letter for letter in text if letter.lower() not in "aeiou")


@task("remove spaces from a string|delete all spaces", "remove_spaces('a b c') == 'abc'")
def remove_spaces(text):
    """Return text without spaces."""
    return text.replace(" ", "")


@task("reverse the words of a sentence|reverse the order of words", "reverse_words('one two three') == 'three two one'")
def reverse_words(text):
    """Return the words of text in reverse order."""
    return " ".join(reversed(text.split()))


@task(
    "check if two words are anagrams|test for anagrams", "are_anagrams('listen', 'silent'); not are_anagrams('a', 'b')"
)
def are_anagrams(first, second):
    """Return True if both words have the same letters."""
    return sorted(first) == sorted(second)


@task(
    "encode a text with the caesar cipher|shift letters by a key",
    "caesar('abz', 1) == 'bca'; caesar('a b', 2) == 'c d'",
)
def caesar(text, key):
    """Return text with each small letter shifted by key."""
    result = ""
    for letter in text:
        if letter.islower():
            result += chr((ord(letter) - 97 + key) % 26 + 97)
        else:
            result += letter
    return result


@task("greet a person|greet someone by name", "greet('Mia') == 'Hello, Mia!'")
def greet(name):
    """Return a greeting."""
    return f"Hello, {name}!"


@task("repeat a string|repeat a text several times", "repeat('ab', 2) == 'abab'")
def repeat(text, times):
    """Return text as often as times says."""
    return text * times


@task(
    "check if a string starts with a prefix|test for a prefix",
    "has_prefix('teapot', 'tea'); not has_prefix('pot', 'tea')",
)
def has_prefix(text, prefix):
    """Return True if text begins with prefix."""
    return text.startswith(prefix)


@task("get the initials of a name|find the initials of a name", "initials('Ada Byron') == 'AB'")
def initials(name):
    """Return the first letters of the parts of a name."""
    return "".join(part[0].upper() for part in name.split())


@task("check if a string has only digits|test whether a text is a number", "only_digits('123'); not only_digits('1a')")
def only_digits(text):
    """Return True if text has only digits."""
    return text.isdigit()
