"""Functions of lists, as people ask for them; knows nothing of how they are told."""

# ruff: noqa: B905  # as a beginner would write it

from training.tales.functions.task import task


@task("sum a list of numbers|add up all numbers in a list", "total([1, 2, 3]) == 6; total([]) == 0")
def total(numbers):
    """Return the sum of the numbers."""
    result = 0
    for number in numbers:
        result += number
    return result


@task("multiply all numbers in a list|compute the product of a list", "product([2, 3, 4]) == 24; product([]) == 1")
def product(numbers):
    """Return the product of the numbers."""
    result = 1
    for number in numbers:
        result *= number
    return result


@task(
    "find the largest number in a list|find the maximum of a list", "largest([3, 9, 2]) == 9; largest([-5, -2]) == -2"
)
def largest(numbers):
    """Return the largest of the numbers."""
    best = numbers[0]
    for number in numbers[1:]:
        if number > best:
            best = number
    return best


@task("find the smallest number in a list|find the minimum of a list", "smallest([3, 9, 2]) == 2; smallest([4]) == 4")
def smallest(numbers):
    """Return the smallest of the numbers."""
    best = numbers[0]
    for number in numbers[1:]:
        if number < best:
            best = number
    return best


@task("compute the average of a list|find the mean of a list of numbers", "average([1, 2, 3]) == 2; average([]) == 0")
def average(numbers):
    """Return the mean of the numbers."""
    if not numbers:
        return 0
    return sum(numbers) / len(numbers)


@task("find the median of a list|compute the median", "median([3, 1, 2]) == 2; median([1, 2, 3, 4]) == 2.5")
def median(numbers):
    """Return the middle of the sorted numbers."""
    ordered = sorted(numbers)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2


@task("square all numbers in a list|square every number of a list", "square_all([1, 2, 3]) == [1, 4, 9]")
def square_all(numbers):
    """Return the squares of the numbers."""
    return [number**2 for number in numbers]


@task("double all numbers in a list|double every number of a list", "double_all([1, 2]) == [2, 4]")
def double_all(numbers):
    """Return the numbers multiplied by two."""
    return [number * 2 for number in numbers]


@task("multiply every number in a list by 7", "scale([1, 2]) == [7, 2 * 7]")
def scale(numbers):
    """Return the numbers multiplied by 7."""
    return [number * 7 for number in numbers]


@task("add 7 to every number in a list", "shift([1, 2]) == [1 + 7, 2 + 7]")
def shift(numbers):
    """Return the numbers plus 7."""
    return [number + 7 for number in numbers]


@task("keep the numbers greater than 7|filter numbers greater than 7", "keep_greater([7 - 1, 7, 7 + 1]) == [7 + 1]")
def keep_greater(numbers):
    """Return the numbers greater than 7."""
    return [number for number in numbers if number > 7]


@task("keep the numbers less than 7|filter numbers less than 7", "keep_less([7 - 1, 7, 7 + 1]) == [7 - 1]")
def keep_less(numbers):
    """Return the numbers less than 7."""
    return [number for number in numbers if number < 7]


@task("keep the even numbers of a list|filter even numbers", "even_numbers([1, 2, 3, 4]) == [2, 4]")
def even_numbers(numbers):
    """Return only the even numbers."""
    return [number for number in numbers if number % 2 == 0]


@task("keep the odd numbers of a list|filter odd numbers", "odd_numbers([1, 2, 3, 4]) == [1, 3]")
def odd_numbers(numbers):
    """Return only the odd numbers."""
    return [number for number in numbers if number % 2 == 1]


@task("count the even numbers in a list|count even numbers", "count_even([1, 2, 4]) == 2; count_even([]) == 0")
def count_even(numbers):
    """Return how many numbers are even."""
    return sum(1 for number in numbers if number % 2 == 0)


@task("reverse a list|turn a list around", "reverse_list([1, 2, 3]) == [3, 2, 1]; reverse_list([]) == []")
def reverse_list(items):
    """Return the items in reverse order."""
    return items[::-1]


@task("remove duplicates from a list|keep each item only once", "remove_duplicates([1, 2, 1, 3]) == [1, 2, 3]")
def remove_duplicates(items):
    """Return the items without duplicates, in order."""
    seen = []
    for item in items:
        if item not in seen:
            seen.append(item)
    return seen


@task("flatten a list of lists|join a list of lists", "flatten([[1, 2], [3]]) == [1, 2, 3]; flatten([]) == []")
def flatten(lists):
    """Return all items of all lists in one list."""
    return [item for inner in lists for item in inner]


@task("count how often an item occurs in a list|count an item in a list", "count_item([1, 2, 1], 1) == 2")
def count_item(items, target):
    """Return how often target occurs in items."""
    count = 0
    for item in items:
        if item == target:
            count += 1
    return count


@task(
    "find the index of an item|search for an item in a list", "find_index([4, 5, 6], 6) == 2; find_index([], 1) == -1"
)
def find_index(items, target):
    """Return the index of target, or -1."""
    for index, item in enumerate(items):
        if item == target:
            return index
    return -1


@task("get the first item of a list|return the first item", "first([4, 5]) == 4; first([]) is None")
def first(items):
    """Return the first item, or None."""
    if not items:
        return None
    return items[0]


@task("get the last item of a list|return the last item", "last([4, 5]) == 5; last([]) is None")
def last(items):
    """Return the last item, or None."""
    if not items:
        return None
    return items[-1]


@task("split a list into chunks|cut a list into pieces", "chunks([1, 2, 3], 2) == [[1, 2], [3]]")
def chunks(items, size):
    """Return the items in lists of the given size."""
    return [items[i : i + size] for i in range(0, len(items), size)]


@task("check if a list is sorted|test whether a list is sorted", "is_sorted([1, 2, 2]); not is_sorted([2, 1])")
def is_sorted(items):
    """Return True if the items are in order."""
    return all(a <= b for a, b in zip(items, items[1:]))


@task("compute running totals|compute the cumulative sum", "running_total([1, 2, 3]) == [1, 3, 6]")
def running_total(numbers):
    """Return the sums of the numbers so far."""
    result = []
    so_far = 0
    for number in numbers:
        so_far += number
        result.append(so_far)
    return result
