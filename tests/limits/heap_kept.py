# options: --heap 8M
# What filled the heap is free once nothing refers to it.
full = False
kept = [0] * 100_000
try:
    while True:
        kept.append(str(len(kept)) * 10)
except MemoryError:
    full = True
kept = None  # without it, not even a name can be looked up for the first time
print(full)
