def run(n):
    a = b = 0
    for i in range(n):
        if i % 3 == 0:
            a += i
        elif i & 1:
            b ^= i
        else:
            a -= 1
    return a, b


print(run(3_000_000))
