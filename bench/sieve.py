def sieve(n):
    s = bytearray(b"\x01" * (n + 1))
    count = 0
    i = 2
    while i <= n:
        if s[i]:
            count += 1
            j = i * i
            while j <= n:
                s[j] = 0
                j += i
        i += 1
    return count


print(sieve(1_500_000))
