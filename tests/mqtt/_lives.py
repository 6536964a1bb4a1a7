"""What the fuzzers of the two session machines share: a transport without a network, and one life after another until the processor time is used."""
# SPDX-License-Identifier: MIT
import asyncio
import random
import time


class Quiet(asyncio.Transport):
    """A transport that takes all that is written at once; whoever derives from it sets closed."""

    closed = paused = False

    def set_write_buffer_limits(self, high=None, low=None):
        pass

    def get_write_buffer_size(self):
        return 0

    def is_closing(self):
        return self.closed

    def is_reading(self):
        return not (self.closed or self.paused)

    def pause_reading(self):
        self.paused = True

    def resume_reading(self):
        self.paused = False


def lives(name, one, arguments):
    """Calls one(random source, seed), a coroutine function, for arguments [SEED] [SECONDS of processor time]: (lives, sum of what they gave)."""
    seed, seconds = int(arguments[0]) if arguments else 1, float(arguments[1]) if len(arguments) > 1 else 10.0
    began, count, total = time.process_time(), 0, 0
    while time.process_time() - began < seconds:
        try:
            total += asyncio.run(one(random.Random(seed), seed)) or 0
        except BaseException:
            print(f"{name} {seed}: failed")
            raise
        seed += 1
        count += 1
    return count, total
