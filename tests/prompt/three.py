a = 1
7
for i in (1, 2):
    a += i
a