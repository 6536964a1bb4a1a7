"""Time series in one SQLite file: numbers, truth values and texts over time, with roll-ups by minute, hour and day that are kept as points come in.

Times are nanoseconds since 1970 UTC. What has a key (pipeline.Record) is stored once, however often it comes. See docs/pipeline.md.
"""

from ._query import Bucket
from ._store import LEVELS, Point, Store

__all__ = ("LEVELS", "Bucket", "Point", "Store")
