def pidigits(n):
    digits = []
    q, r, t, k, m, x = 1, 0, 1, 1, 3, 3
    while len(digits) < n:
        if 4 * q + r - t < m * t:
            digits.append(m)
            q, r, m = 10 * q, 10 * (r - m * t), 10 * (3 * q + r) // t - 10 * m
        else:
            q, r, t, k, m, x = q * k, (2 * q + r) * x, t * x, k + 1, (q * (7 * k + 2) + r * x) // (t * x), x + 2
    return digits


def fibonacci(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


def factorial(n):
    f = 1
    for i in range(2, n + 1):
        f *= i
    return f


d = pidigits(1200)
print("".join(map(str, d[-20:])))
print(fibonacci(30_000) % 10**20)
print(factorial(6000) % (10**18 + 9), len(str(factorial(1000))))
m = 2**521 - 1
print(sum(pow(3, m // k, m) for k in range(1, 60)) % 10**20)
