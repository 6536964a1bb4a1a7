# At least 20,000 readings per second go through batches into a store, synced, with keys and roll-ups; the best of three counts on a busy machine.
import time

from store import Store

COUNT, BATCH = 20_000, 2_000
T = 1_760_000_000_000_000_000


def rate(number):
    with Store(f"s{number}.db", "Europe/Berlin") as s:
        begin = time.perf_counter()
        for start in range(1, COUNT + 1, BATCH):
            assert s.add_readings(("d/1", n, T + n * 100_000_000, {f"t{n % 4}": n * 0.5}) for n in range(start, start + BATCH)) == BATCH
        return COUNT / (time.perf_counter() - begin)


rates = [rate(0)]
while max(rates) < 20_000 and len(rates) < 3:
    rates.append(rate(len(rates)))
print("fast enough" if max(rates) >= 20_000 else f"{rates} readings per second")
