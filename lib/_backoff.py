"""Waiting times between tries: they double up to a longest one, and each is drawn at random, so that many devices do not come back at once.

Source: the "full jitter" of M. Brooker, Exponential Backoff And Jitter, 2015, with a floor at half.
"""

import random


class Backoff:
    """Delays in seconds: next() is between half and all of first, 2 * first, 4 * first, ... longest; reset() starts again."""

    def __init__(self, first: float = 0.5, longest: float = 60.0) -> None:
        if not 0 < first <= longest:
            raise ValueError(f"the first delay must be above 0 and not above the longest, not {first} and {longest}")
        self.first = first
        self.longest = longest
        self.tries = 0

    def next(self) -> float:
        """The seconds to wait before the next try."""
        whole = self.first * 2.0 ** min(self.tries, 64)
        self.tries += 1
        return min(whole, self.longest) * random.uniform(0.5, 1.0)

    def reset(self) -> None:
        """The last try was good."""
        self.tries = 0
