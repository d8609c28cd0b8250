"""Functions of numbers, as people ask for them; knows nothing of how they are told."""

# ruff: noqa: SIM110  # loops that a beginner would write

from training.tales.functions.task import task


@task("add two numbers|compute the sum of two numbers", "add(2, 3) == 5; add(-1, 1) == 0")
def add(a, b):
    """Return the sum of a and b."""
    return a + b


@task("add three numbers|compute the sum of three numbers", "add_three(1, 2, 3) == 6; add_three(0, 0, 5) == 5")
def add_three(a, b, c):
    """Return the sum of a, b and c."""
    return a + b + c


@task("subtract two numbers|compute the difference of two numbers", "subtract(5, 3) == 2; subtract(1, 4) == -3")
def subtract(a, b):
    """Return a minus b."""
    return a - b


@task("multiply two numbers|compute the product of two numbers", "multiply(4, 5) == 20; multiply(0, 9) == 0")
def multiply(a, b):
    """Return the product of a and b."""
    return a * b


@task("divide two numbers|divide one number by another", "divide(6, 3) == 2; divide(1, 0) is None")
def divide(a, b):
    """Return a divided by b, or None if b is zero."""
    if b == 0:
        return None
    return a / b


@task("square a number|compute the square of a number", "square(3) == 9; square(-2) == 4")
def square(n):
    """Return n squared."""
    return n * n


@task("cube a number|compute the cube of a number", "cube(2) == 8; cube(-1) == -1")
def cube(n):
    """Return n to the power of three."""
    return n**3


@task("raise a number to a power|compute a power", "power(2, 5) == 32; power(3, 0) == 1")
def power(base, exponent):
    """Return base to the power of exponent."""
    result = 1
    for _ in range(exponent):
        result *= base
    return result


@task("check if a number is even|test whether a number is even", "is_even(4); not is_even(5); is_even(0)")
def is_even(n):
    """Return True if n is even."""
    return n % 2 == 0


@task("check if a number is odd|test whether a number is odd", "is_odd(3); not is_odd(8)")
def is_odd(n):
    """Return True if n is odd."""
    return n % 2 == 1


@task("check if a number is positive|test whether a number is positive", "is_positive(3); not is_positive(0)")
def is_positive(n):
    """Return True if n is greater than zero."""
    return n > 0


@task("check if a number is negative|test whether a number is negative", "is_negative(-3); not is_negative(0)")
def is_negative(n):
    """Return True if n is less than zero."""
    return n < 0


@task(
    "check if a number is prime|test whether a number is prime|find out if a number is a prime",
    "is_prime(2); is_prime(13); not is_prime(1); not is_prime(9); not is_prime(0)",
)
def is_prime(n):
    """Return True if n is a prime number."""
    if n < 2:
        return False
    for i in range(2, int(n**0.5) + 1):
        if n % i == 0:
            return False
    return True


@task("list all primes up to a limit|find all prime numbers up to n", "primes_up_to(6) == [2, 3, 5]")
def primes_up_to(n):
    """Return all prime numbers up to n."""
    primes = []
    for number in range(2, n + 1):
        if all(number % prime for prime in primes):
            primes.append(number)
    return primes


@task("compute the factorial of a number|calculate a factorial", "factorial(5) == 120; factorial(0) == 1")
def factorial(n):
    """Return the factorial of n."""
    result = 1
    for i in range(2, n + 1):
        result *= i
    return result


@task("compute a factorial with recursion|compute the factorial recursively", "factorial_recursive(4) == 24")
def factorial_recursive(n):
    """Return the factorial of n."""
    if n <= 1:
        return 1
    return n * factorial_recursive(n - 1)


@task(
    "compute fibonacci numbers|list the first fibonacci numbers",
    "fibonacci(6) == [0, 1, 1, 2, 3, 5]; fibonacci(0) == []",
)
def fibonacci(n):
    """Return the first n Fibonacci numbers."""
    result = []
    a, b = 0, 1
    for _ in range(n):
        result.append(a)
        a, b = b, a + b
    return result


@task("compute the nth fibonacci number|find the nth fibonacci number", "nth_fibonacci(6) == 8; nth_fibonacci(1) == 1")
def nth_fibonacci(n):
    """Return the n-th Fibonacci number."""
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


@task("find the greatest common divisor|compute the greatest common divisor of two numbers", "gcd(12, 18) == 6")
def gcd(a, b):
    """Return the greatest common divisor of a and b."""
    while b:
        a, b = b, a % b
    return a


@task("find the least common multiple|compute the least common multiple of two numbers", "lcm(4, 6) == 12")
def lcm(a, b):
    """Return the least common multiple of a and b."""
    x, y = a, b
    while y:
        x, y = y, x % y
    return a * b // x


@task("compute the absolute value|compute the absolute value of a number", "absolute(-3) == 3; absolute(4) == 4")
def absolute(n):
    """Return n without its sign."""
    if n < 0:
        return -n
    return n


@task("find the larger of two numbers|return the maximum of two numbers", "maximum(3, 5) == 5; maximum(2, -2) == 2")
def maximum(a, b):
    """Return the larger of a and b."""
    if a > b:
        return a
    return b


@task("find the smaller of two numbers|return the minimum of two numbers", "minimum(3, 5) == 3; minimum(2, -2) == -2")
def minimum(a, b):
    """Return the smaller of a and b."""
    if a < b:
        return a
    return b


@task("find the largest of three numbers|return the maximum of three numbers", "largest_of_three(1, 9, 4) == 9")
def largest_of_three(a, b, c):
    """Return the largest of a, b and c."""
    return max(a, b, c)


@task("sum the digits of a number|add the digits of a number", "sum_digits(123) == 6; sum_digits(0) == 0")
def sum_digits(n):
    """Return the sum of the digits of n."""
    return sum(int(digit) for digit in str(n))


@task("count the digits of a number|count digits", "count_digits(123) == 3; count_digits(5) == 1")
def count_digits(n):
    """Return how many digits n has."""
    return len(str(abs(n)))
