"""Functions that convert, measure and count, as people ask for them; knows nothing of how they are told."""

from training.tales.functions.task import task


@task("convert celsius to fahrenheit|turn celsius into fahrenheit", "to_fahrenheit(100) == 212; to_fahrenheit(0) == 32")
def to_fahrenheit(celsius):
    """Convert degrees Celsius to Fahrenheit."""
    return celsius * 9 / 5 + 32


@task("convert fahrenheit to celsius|turn fahrenheit into celsius", "to_celsius(212) == 100; to_celsius(32) == 0")
def to_celsius(fahrenheit):
    """Convert degrees Fahrenheit to Celsius."""
    return (fahrenheit - 32) * 5 / 9


@task("compute the area of a circle|find the area of a circle", "round(circle_area(1), 2) == 3.14")
def circle_area(radius):
    """Return the area of a circle."""
    return 3.141592653589793 * radius**2


@task("compute the area of a rectangle|find the area of a rectangle", "rectangle_area(2, 3) == 6")
def rectangle_area(width, height):
    """Return the area of a rectangle."""
    return width * height


@task("compute the area of a triangle|find the area of a triangle", "triangle_area(4, 3) == 6")
def triangle_area(base, height):
    """Return the area of a triangle."""
    return base * height / 2


@task("compute the perimeter of a rectangle|find the perimeter of a rectangle", "perimeter(2, 3) == 10")
def perimeter(width, height):
    """Return the perimeter of a rectangle."""
    return 2 * (width + height)


@task("compute the distance between two points|find the distance of two points", "distance(0, 0, 3, 4) == 5")
def distance(x1, y1, x2, y2):
    """Return the distance between two points."""
    return ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5


@task("compute the hypotenuse|find the hypotenuse of a triangle", "hypotenuse(3, 4) == 5")
def hypotenuse(a, b):
    """Return the longest side of right triangles."""
    return (a**2 + b**2) ** 0.5


@task(
    "check for a leap year|check if a year is a leap year",
    "is_leap_year(2024); is_leap_year(2000); not is_leap_year(1900)",
)
def is_leap_year(year):
    """Return True if year is a leap year."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


@task("convert minutes to seconds|turn minutes into seconds", "to_seconds(2) == 120")
def to_seconds(minutes):
    """Convert minutes to seconds."""
    return minutes * 60


@task("convert hours to minutes|turn hours into minutes", "to_minutes(2) == 120")
def to_minutes(hours):
    """Convert hours to minutes."""
    return hours * 60


@task(
    "keep a number within bounds|clamp a number", "clamp(12, 0, 10) == 10; clamp(-1, 0, 10) == 0; clamp(5, 0, 10) == 5"
)
def clamp(n, low, high):
    """Return n, but not less than low and not more than high."""
    return max(low, min(n, high))


@task("find the sign of a number|tell the sign of a number", "sign(-4) == -1; sign(0) == 0; sign(3) == 1")
def sign(n):
    """Return -1, 0 or 1."""
    if n > 0:
        return 1
    if n < 0:
        return -1
    return 0


@task("list the divisors of a number|find all divisors of a number", "divisors(6) == [1, 2, 3, 6]")
def divisors(n):
    """Return all divisors of n."""
    return [i for i in range(1, n + 1) if n % i == 0]


@task("convert a number to binary|turn a number into binary", "to_binary(5) == '101'; to_binary(0) == '0'")
def to_binary(n):
    """Return n as a string of binary digits."""
    return bin(n)[2:]


@task("sum the numbers up to n|add all numbers from 1 to n", "sum_to(4) == 10; sum_to(0) == 0")
def sum_to(n):
    """Return the sum of the numbers from 1 to n."""
    return sum(range(1, n + 1))


@task("count down from a number|make a countdown", "countdown(3) == [3, 2, 1]")
def countdown(n):
    """Return the numbers from n down to 1."""
    return list(range(n, 0, -1))


@task(
    "play fizz buzz|solve fizz buzz",
    "fizz_buzz(15) == 'FizzBuzz'; fizz_buzz(3) == 'Fizz'; fizz_buzz(10) == 'Buzz'; fizz_buzz(2) == '2'",
)
def fizz_buzz(n):
    """Return Fizz, Buzz, FizzBuzz or the number."""
    if n % 15 == 0:
        return "FizzBuzz"
    if n % 3 == 0:
        return "Fizz"
    if n % 5 == 0:
        return "Buzz"
    return str(n)


@task("make a multiplication table|list the multiples of a number", "multiples(3, 4) == [3, 6, 9, 12]")
def multiples(n, count):
    """Return the first multiples of n."""
    return [n * i for i in range(1, count + 1)]


@task(
    "check if a number is a perfect square|test for a perfect square",
    "is_perfect_square(16); not is_perfect_square(15)",
)
def is_perfect_square(n):
    """Return True if n is the square of a whole number."""
    root = int(n**0.5)
    return root * root == n


@task("add 7 to a number|increase a number by 7", "add_number(1) == 1 + 7; add_number(0) == 7")
def add_number(n):
    """Return n plus 7."""
    return n + 7


@task("multiply a number by 7", "times_number(2) == 2 * 7; times_number(0) == 0")
def times_number(n):
    """Return 7 times n."""
    return n * 7


@task(
    "check if a number is divisible by 7|test whether a number can be divided by 7",
    "is_divisible(7 * 4); not is_divisible(7 * 4 + 1)",
)
def is_divisible(n):
    """Return True if n is divisible by 7."""
    return n % 7 == 0
