# options: --heap 8M
# Running out of memory is an exception that a program can live with, also again and again.
for kind, grow in [("list", "x = []\nwhile True: x.append(x)"), ("dict", "x = {}\nfor i in range(10**8): x[i] = str(i)"), ("str", "x = 'ab'\nwhile True: x += x"),
                   ("tuple", "x = ()\nwhile True: x = (x, x)"), ("bytes", "bytes(10**9)"), ("object", "class A: pass\nx = []\nwhile True: x.append(A())"),
                   ("int", "x = 1\nwhile True: x <<= 1000000"), ("set", "set(range(10**8))"), ("code", "x = []\nwhile True: x.append(compile('a = 1\\n' * 100, '', 'exec'))")]:
    for attempt in range(3):
        full = False
        try:
            exec(grow, {})
        except MemoryError:
            full = True
        print(kind, full)  # not in the handler, where the traceback still holds what fills the heap
