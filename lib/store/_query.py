"""Reading a store: points, buckets, the best of both for a number of points, CSV."""

import csv
from collections.abc import Iterator
from typing import NamedTuple

_SECOND = 1_000_000_000


class Bucket(NamedTuple):
    """What is known of a minute, hour or day that began at start_ns. Texts have count and last alone."""

    start_ns: int
    count: int
    min: float | None
    max: float | None
    mean: float | None
    last: float | str | bool


def iso(time_ns: int) -> str:
    """A time as ISO 8601 in UTC, with as many digits as it needs: 2026-03-01T12:00:00.25Z."""
    days, seconds = divmod(time_ns // _SECOND, 86400)
    # Days to a date of the Gregorian calendar, in eras of 400 years from 1 March 0000: H. Hinnant, chrono-Compatible Low-Level Date Algorithms, civil_from_days.
    era, day = divmod(days + 719468, 146097)
    year = (day - day // 1460 + day // 36524 - day // 146096) // 365
    rest = day - (365 * year + year // 4 - year // 100)
    shifted = (5 * rest + 2) // 153
    month = shifted + 3 if shifted < 10 else shifted - 9
    text = f"{year + era * 400 + (month <= 2):04}-{month:02}-{rest - (153 * shifted + 2) // 5 + 1:02}"
    text += f"T{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    part = f"{time_ns % _SECOND:09}".rstrip("0")
    return f"{text}.{part}Z" if part else text + "Z"


def write_csv(file, header: list[str], rows: Iterator[tuple]) -> int:
    """Write a header, unless it is empty, and rows whose first column is a time; return how many."""
    writer = csv.writer(file)
    if header:
        writer.writerow(header)
    count = 0
    for time_ns, *values in rows:
        writer.writerow([iso(time_ns), *values])
        count += 1
    return count
