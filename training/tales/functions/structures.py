"""Functions of dictionaries, and classic algorithms, as people ask for them; knows nothing of how they are told."""

# ruff: noqa: B905  # as a beginner would write it

from training.tales.functions.task import task


@task(
    "sort a list with bubble sort|implement bubble sort|bubble sort",
    "bubble_sort([3, 1, 2]) == [1, 2, 3]; bubble_sort([]) == []",
)
def bubble_sort(items):
    """Sort items by swapping neighbours."""
    n = len(items)
    for i in range(n):
        for j in range(n - i - 1):
            if items[j] > items[j + 1]:
                items[j], items[j + 1] = items[j + 1], items[j]
    return items


@task("sort a list with insertion sort|implement insertion sort", "insertion_sort([3, 1, 2]) == [1, 2, 3]")
def insertion_sort(items):
    """Sort items by inserting each where it belongs."""
    for i in range(1, len(items)):
        item = items[i]
        j = i - 1
        while j >= 0 and items[j] > item:
            items[j + 1] = items[j]
            j -= 1
        items[j + 1] = item
    return items


@task("sort a list with selection sort|implement selection sort", "selection_sort([3, 1, 2]) == [1, 2, 3]")
def selection_sort(items):
    """Sort items by choosing the smallest again and again."""
    for i in range(len(items)):
        best = i
        for j in range(i + 1, len(items)):
            if items[j] < items[best]:
                best = j
        items[i], items[best] = items[best], items[i]
    return items


@task(
    "sort a list with quicksort|implement quicksort|quick sort",
    "quicksort([3, 1, 2, 1]) == [1, 1, 2, 3]; quicksort([]) == []",
)
def quicksort(items):
    """Return items in order."""
    if len(items) <= 1:
        return items
    pivot = items[0]
    smaller = [item for item in items[1:] if item < pivot]
    larger = [item for item in items[1:] if item >= pivot]
    return quicksort(smaller) + [pivot] + quicksort(larger)


@task("merge two sorted lists|merge sorted lists", "merge([1, 4], [2, 3]) == [1, 2, 3, 4]; merge([], [1]) == [1]")
def merge(left, right):
    """Return all items of two sorted lists in order."""
    result = []
    while left and right:
        if left[0] <= right[0]:
            result.append(left[0])
            left = left[1:]
        else:
            result.append(right[0])
            right = right[1:]
    return result + left + right


@task(
    "do a binary search|search a sorted list|implement binary search",
    "binary_search([1, 3, 5], 5) == 2; binary_search([1, 3], 2) == -1",
)
def binary_search(items, target):
    """Return the index of target, or -1."""
    low, high = 0, len(items) - 1
    while low <= high:
        middle = (low + high) // 2
        if items[middle] == target:
            return middle
        if items[middle] < target:
            low = middle + 1
        else:
            high = middle - 1
    return -1


@task("swap keys and values of a dictionary|invert a dictionary", "invert({'a': 1}) == {1: 'a'}")
def invert(table):
    """Return a dictionary with keys and values swapped."""
    return {value: key for key, value in table.items()}


@task("merge two dictionaries|join two dictionaries", "merge_tables({'a': 1}, {'b': 2}) == {'a': 1, 'b': 2}")
def merge_tables(first, second):
    """Return a dictionary with the items of both."""
    result = dict(first)
    result.update(second)
    return result


@task("find the key with the largest value|find the best key of a dictionary", "best_key({'a': 1, 'b': 5}) == 'b'")
def best_key(table):
    """Return the key with the largest value."""
    return max(table, key=table.get)


@task(
    "group words by their first letter|group words",
    "group_words(['ant', 'bee', 'ape']) == {'a': ['ant', 'ape'], 'b': ['bee']}",
)
def group_words(words):
    """Return the words in lists by their first letter."""
    groups = {}
    for word in words:
        groups.setdefault(word[0], []).append(word)
    return groups


@task("find the most common item|find the most frequent item of a list", "most_common([1, 2, 2]) == 2")
def most_common(items):
    """Return the item that occurs most often."""
    return max(set(items), key=items.count)


@task(
    "find the common items of two lists|find what two lists have in common",
    "common_items([1, 2, 3], [2, 3, 4]) == [2, 3]",
)
def common_items(first, second):
    """Return the items that are in both lists."""
    return [item for item in first if item in second]


@task("transpose a matrix|swap rows and columns", "transpose([[1, 2], [3, 4]]) == [[1, 3], [2, 4]]")
def transpose(matrix):
    """Return the matrix with rows and columns swapped."""
    return [list(column) for column in zip(*matrix)]


@task("compute the dot product|compute the dot product of two lists", "dot([1, 2], [3, 4]) == 11")
def dot(a, b):
    """Return the dot product of a and b."""
    return sum(x * y for x, y in zip(a, b))


@task(
    "check if brackets are balanced|test for balanced brackets",
    "is_balanced('(())'); not is_balanced('(()'); not is_balanced(')(')",
)
def is_balanced(text):
    """Return True if every bracket is closed."""
    depth = 0
    for letter in text:
        if letter == "(":
            depth += 1
        elif letter == ")":
            depth -= 1
        if depth < 0:
            return False
    return depth == 0


@task("count the steps of the collatz sequence|count collatz steps", "collatz_steps(6) == 8; collatz_steps(1) == 0")
def collatz_steps(n):
    """Return how many steps it takes to reach 1."""
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps


@task("convert a grade to a letter|turn a score into a grade", "grade(95) == 'A'; grade(85) == 'B'; grade(20) == 'C'")
def grade(score):
    """Return A, B or C."""
    if score >= 90:
        return "A"
    if score >= 80:
        return "B"
    return "C"
