"""Text for messages, and comparing collections of things."""

from collections import Counter, namedtuple
from os.path import commonprefix

__unittest = True

_MAX_LENGTH = 80
_PLACEHOLDER_LEN = 12
_MIN_BEGIN_LEN = 5
_MIN_END_LEN = 5
_MIN_COMMON_LEN = 5
_MIN_DIFF_LEN = _MAX_LENGTH - (_MIN_BEGIN_LEN + _PLACEHOLDER_LEN + _MIN_COMMON_LEN + _PLACEHOLDER_LEN + _MIN_END_LEN)
_Mismatch = namedtuple("Mismatch", "actual expected value")


def _shorten(text, begin, end):
    left_out = len(text) - begin - end
    if left_out <= _PLACEHOLDER_LEN:
        return text
    return f"{text[:begin]}[{left_out} chars]{text[len(text) - end:]}"


def _common_shorten_repr(*args):
    """The reprs of args: where they are long, with what they begin with in common, and their ends, shortened."""
    texts = tuple(map(safe_repr, args))
    longest = max(map(len, texts))
    if longest <= _MAX_LENGTH:
        return texts
    prefix = commonprefix(texts)
    rests = [text[len(prefix):] for text in texts]
    room = _MAX_LENGTH - (longest - len(prefix) + _MIN_BEGIN_LEN + _PLACEHOLDER_LEN)
    if room > _MIN_COMMON_LEN:
        prefix = _shorten(prefix, _MIN_BEGIN_LEN, room)
        return tuple(prefix + rest for rest in rests)
    prefix = _shorten(prefix, _MIN_BEGIN_LEN, _MIN_COMMON_LEN)
    return tuple(prefix + _shorten(rest, _MIN_DIFF_LEN, _MIN_END_LEN) for rest in rests)


def safe_repr(obj, short=False):
    """repr(obj), or object's repr where that raises; short: at most 80 characters of it."""
    try:
        text = repr(obj)
    except Exception:
        text = object.__repr__(obj)
    if short and len(text) >= _MAX_LENGTH:
        return text[:_MAX_LENGTH] + " [truncated]..."
    return text


def strclass(cls):
    """The class's name, with its module's."""
    return f"{cls.__module__}.{cls.__qualname__}"


def sorted_list_difference(expected, actual):
    """What only expected has, and what only actual has, of two sorted lists; equal items count once."""
    missing, unexpected = [], []
    i = j = 0

    def after(items, pos):
        item = items[pos]
        pos += 1
        while pos < len(items) and items[pos] == item:
            pos += 1
        return pos

    while i < len(expected) and j < len(actual):
        e, a = expected[i], actual[j]
        if e < a:
            missing.append(e)
            i = after(expected, i)
        elif e > a:
            unexpected.append(a)
            j = after(actual, j)
        else:
            i, j = after(expected, i), after(actual, j)
    missing.extend(expected[i:])
    unexpected.extend(actual[j:])
    return missing, unexpected


def unorderable_list_difference(expected, actual):
    """As sorted_list_difference, for items without an order; empties expected, and takes from actual what is in both."""
    missing = []
    while expected:
        item = expected.pop()
        try:
            actual.remove(item)
        except ValueError:
            missing.append(item)
    return missing, actual


def three_way_cmp(x, y):
    """-1, 0 or 1 for x before, equal to and after y."""
    return (x > y) - (x < y)


def _take_equal(items, start, value, taken):
    count = 0
    for pos in range(start, len(items)):
        if items[pos] == value:
            items[pos] = taken
            count += 1
    return count


def _count_diff_all_purpose(actual, expected):
    """A mismatch for each value that is not as often in one as in the other; needs no more than ==."""
    left, right = list(actual), list(expected)
    taken = object()
    result = []
    for i, value in enumerate(left):
        if value is taken:
            continue
        in_left, in_right = _take_equal(left, i, value, taken), _take_equal(right, 0, value, taken)
        if in_left != in_right:
            result.append(_Mismatch(in_left, in_right, value))
    for i, value in enumerate(right):
        if value is not taken:
            result.append(_Mismatch(0, _take_equal(right, i, value, taken), value))
    return result


def _count_diff_hashable(actual, expected):
    """As _count_diff_all_purpose, for values that can be keys."""
    left, right = Counter(actual), Counter(expected)
    result = [_Mismatch(count, right.get(value, 0), value) for value, count in left.items() if count != right.get(value, 0)]
    result += [_Mismatch(0, count, value) for value, count in right.items() if value not in left]
    return result
