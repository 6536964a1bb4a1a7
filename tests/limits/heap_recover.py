# A full heap is not the end: MemoryError is caught, data are dropped, and the program goes on; also where the data have finalizers.
# options: --heap 2M
def fill():
    keep = []
    while True:
        keep.append([0] * 10)
for i in range(5):
    try:
        fill()
    except MemoryError as e:
        print("full", i)
def fill_global():
    global data
    data = {}
    n = 0
    while True:
        data[n] = str(n) * 5
        n += 1
for i in range(3):
    try:
        fill_global()
    except MemoryError:
        data = None
        print("dropped", sum(len(str(i)) for i in range(10000)))
s = "x"
try:
    while True: s += s
except MemoryError:
    s = ""
print("strings")
class Node:
    def __init__(self, next): self.next = next
    def __del__(self): count[0] += 1
count = [0]
for i in range(2):
    try:
        head = None
        while True: head = Node(head)
    except MemoryError:
        head = None
        print("nodes")
try:
    x = [bytes(1000) for _ in range(10**9)]
except MemoryError:
    print("comprehension")
def deep(n):
    try:
        hold = [0] * 10000
        return deep(n + 1) + [n]
    except RecursionError:
        return []
try: deep(0)
except MemoryError: print("deep")
print(len([str(i) for i in range(5000)]))
