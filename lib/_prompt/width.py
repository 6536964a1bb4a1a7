"""How many columns a character takes on a terminal (Unicode 15.1: East Asian Width W and F; categories Mn, Me and Cf)."""

# Ranges of code points: how far each starts behind the end of the one before, and how much longer than one it is; both in hexadecimal.
_ZERO = (
    "300-6f 114-6 108-2c 2 2-1 2-1 2 39-5 b-a 2 2f-14 11 66-7 2-5 3-1 2-3 22 2 1f-1a 5c-a 3b-8 a 19-3 2-8 2-2 2-4 2c-2 35-f "
    "2b-38 38 2 5-7 5 4-6 b-1 1e 3b 5-3 9 15-1 1b-4 3a 5-10 1f-1 4 c-1 3a 5-7 5 15-1 17-7 3b 3 2-3 9-9 c-1 1f 3e d 33 4 38 "
    "2-2 6-10 c-1 1e 3b 3 7 6-1 15-1 1d-1 3a-1 5-3 9 15-1 1e 49 8-4 5b 3-6 d-7 63 3-8 c-6 4a-1 1c 2 2 38-d 2-4 2-1 6-2f a "
    "67-3 2-5 2-1 3-1 1a-1 5-2 11-3 e 3-1 7 10 c3-9f 15e-2 3b3-2 1e-1 1f-1 1f-1 41-1 2-6 9 3-a a 2e-4 76-1 23 77-2 5-1 a 7-2 "
    "dc-1 3 3b 2-8 2 3-7 7-c 31-1e 32-3 31 2-4 2 6 29-8 d-1 21-3 3-1 2-2 39 2-1 4 2-2 3b-7 3-1 99-2 2-c 2-6 5 7 4-1 c7-3f "
    "20c-4 1b-4 32-f 61-20 bff-2 8e 61-1f 22b-3 6c-1 75d5-3 2-9 21-1 51-1 111 4 5 1a-1 6 98-1 1b-11 e 27-7 1a-a 2f-2 31 3-3 "
    "3-1 28 44-5 3-1 3-1 d 9 30 34 2-2 3-1 6-1 2 2b-1 9 ef 3 5 4f31 2e2-f 11-f d0 fa-2 202 e3 96-4 687-e 29-7 a6-1 23e-3 "
    "184-1 51-2 47-a 32-3 7c 37-e 2a 3-1 b-2 32-3 3-1 3 5-b 33-2 25-4 2-7 3f d-1 35-8 b-3 3 60-2 3 2-1 7 3 9e 4-7 16-1 3a-1 4 "
    "26-e c4-7 3-2 2 18 55-5 2 5-1 2-1 ef-3 7-1 2-1 1c-1 56-7 3 2-1 6b 2 3-5 2 66-2 3-3 2-4 104-8 2-1 101-1 2 5 91-7 5 21-9 "
    "29-5 3-3 9 a-5 3-2 2f-c 2-1 197-d 2 53-15 3-6 2-1 2-1 7b-14 2 49-1 4 2 15c-1 c-1 35-4 6 2 14ee-10 7-e 369b-4 3c-6 419 "
    "40-3 52 4cb9-1 2-3 125d-46 221-2 a-f 3-6 1f-3 95-2 7bc-36 5-31 9 f 17-14 551-2a 65 a1-6 178 3e-3 1fd-3 3e1-6 6e-6 "
    "c16b7-7e 81-ef")
_WIDE = (
    "1100-5f 11bb-1 e-1 bf-3 4 3 20a-1 16-1 33-b 2c 14 e 9-1 12-1 6-1 9 6 16 8-1 2 5 3 8 5-1 1d 24 2 5-2 2 3e-2 19 f 35c-1 34 "
    "5 32b-1a9 5-10 3-55 5-1ac 9-1b6f 41-56c6 49a-1c 284-2ba3 215d-1ff 311-9 17-3b 96-5f 80-6 6ffa-3 d-1ce5 2b-8 22e8-30b "
    "3d09 cb bf 3-9 66-65 9b-20 d-8 2-45 2-15 d-2a 5-4 d-10 4 4-46 2 2-ba 3-3e e-3 2-17 13 1b-1 e 57-54 31-45 7 4-2 3-a c-1 "
    "8-8 e4-10 11c-2e 2-9 2-b8 71-88 508-1fffd")
_tables: list[list[int]] = []  # first and last of each range in turn


def _unpack(text: str) -> list[int]:
    out, last = [], 0
    for word in text.split(" "):
        start, _, more = word.partition("-")
        first = last + int(start, 16)
        last = first + (int(more, 16) if more else 0)
        out += (first, last)
    return out


def _is_in(table: list[int], code: int) -> bool:
    low, high = 0, len(table) // 2
    while low < high:
        middle = (low + high) // 2
        if code > table[2 * middle + 1]:
            low = middle + 1
        else:
            high = middle
    return low < len(table) // 2 and table[2 * low] <= code


def of_char(c: str) -> int:
    """0, 1 or 2 columns; of a character that is shown as it is."""
    if c < "\x7f":
        return 1
    if not _tables:
        _tables.extend((_unpack(_ZERO), _unpack(_WIDE)))
    code = ord(c)
    if code < 0x300:
        return 1
    return 0 if _is_in(_tables[0], code) else 2 if _is_in(_tables[1], code) else 1


def of_text(text: str) -> int:
    """Columns of a text without control characters."""
    return len(text) if text.isascii() else sum(map(of_char, text))
