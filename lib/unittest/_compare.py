"""The assert methods that compare, and what they say about the difference."""

import collections

from .util import (_common_shorten_repr, _count_diff_all_purpose, _count_diff_hashable, safe_repr)

__unittest = True

DIFF_OMITTED = "\nDiff is %s characters long. Set self.maxDiff to None to see it."


class _Compare:
    """The half of TestCase that knows types."""

    maxDiff = 80 * 8
    _diffThreshold = 2 ** 16

    def addTypeEqualityFunc(self, typeobj, function):
        """assertEqual calls function(first, second, msg=msg) where both are of exactly this type."""
        self._type_equality_funcs[typeobj] = function

    def _getAssertEqualityFunc(self, first, second):
        if type(first) is type(second):
            function = self._type_equality_funcs.get(type(first))
            if function is not None:
                return getattr(self, function) if isinstance(function, str) else function
        return self._baseAssertEqual

    def _baseAssertEqual(self, first, second, msg=None):
        if not first == second:
            self._fail("%s != %s" % _common_shorten_repr(first, second), msg)

    def _fail(self, standardMsg, msg):
        raise self.failureException(self._formatMessage(msg, standardMsg))

    def _truncateMessage(self, message, diff):
        if self.maxDiff is None or len(diff) <= self.maxDiff:
            return message + diff
        return message + (DIFF_OMITTED % len(diff))

    def _fail_with_lines(self, message, left, right, msg):
        from difflib import ndiff
        self.fail(self._formatMessage(msg, self._truncateMessage(message, "\n" + "\n".join(ndiff(left, right)))))

    def assertEqual(self, first, second, msg=None):
        """first == second."""
        self._getAssertEqualityFunc(first, second)(first, second, msg=msg)

    def assertNotEqual(self, first, second, msg=None):
        """first != second."""
        if not first != second:
            self._fail(f"{safe_repr(first)} == {safe_repr(second)}", msg)

    def _distance(self, first, second, places, delta):
        if delta is not None and places is not None:
            raise TypeError("specify delta or places not both")
        difference = abs(first - second)
        if delta is not None:
            return difference <= delta, f"within {safe_repr(delta)} delta", difference
        places = 7 if places is None else places
        return round(difference, places) == 0, f"within {places!r} places", difference

    def assertAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        """The difference is at most delta, or 0 after rounding to places (7 if not given)."""
        if first == second:
            return
        near, within, difference = self._distance(first, second, places, delta)
        if not near:
            self._fail(f"{safe_repr(first)} != {safe_repr(second)} {within} ({safe_repr(difference)} difference)", msg)

    def assertNotAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        """The opposite of assertAlmostEqual."""
        if delta is not None and places is not None:
            raise TypeError("specify delta or places not both")
        same = bool(first == second)
        if same and delta is None:
            within = f"within {7 if places is None else places!r} places"
        else:
            near, within, difference = self._distance(first, second, places, delta)
            if not same and (difference > delta if delta is not None else not near):
                return
            within += f" ({safe_repr(difference)} difference)" if delta is not None else ""
        self._fail(f"{safe_repr(first)} == {safe_repr(second)} {within}", msg)

    def assertSequenceEqual(self, seq1, seq2, msg=None, seq_type=None):
        """The same items in the same order; seq_type: what type both have to be of."""
        name = "sequence"
        if seq_type is not None:
            name = seq_type.__name__
            for which, seq in ("First", seq1), ("Second", seq2):
                if not isinstance(seq, seq_type):
                    raise self.failureException(f"{which} sequence is not a {name}: {safe_repr(seq)}")
        difference = self._sequence_difference(seq1, seq2, name)
        if difference is None:
            return
        import pprint
        self._fail_with_lines(difference, pprint.pformat(seq1).splitlines(), pprint.pformat(seq2).splitlines(), msg)

    def _sequence_difference(self, seq1, seq2, name):
        lengths = []
        for which, seq in ("First", seq1), ("Second", seq2):
            try:
                lengths.append(len(seq))
            except (TypeError, NotImplementedError):
                return f"{which} {name} has no length.    Non-sequence?"
        if seq1 == seq2:
            return None
        text = "{}s differ: {} != {}\n".format(name.capitalize(), *_common_shorten_repr(seq1, seq2))
        item_text = self._item_difference(seq1, seq2, min(lengths), name)
        if item_text is None:
            if lengths[0] == lengths[1] and name == "sequence" and type(seq1) != type(seq2):
                return None # the items are equal
            item_text = ""
        return text + item_text + self._additional(seq1, seq2, lengths, name)

    def _item_difference(self, seq1, seq2, count, name):
        for i in range(count):
            items = []
            for which, seq in ("first", seq1), ("second", seq2):
                try:
                    items.append(seq[i])
                except (TypeError, IndexError, NotImplementedError):
                    return f"\nUnable to index element {i} of {which} {name}\n"
            if items[0] != items[1]:
                return "\nFirst differing element {}:\n{}\n{}\n".format(i, *_common_shorten_repr(*items))
        return None

    def _additional(self, seq1, seq2, lengths, name):
        if lengths[0] == lengths[1]:
            return ""
        which, longer = ("First", seq1) if lengths[0] > lengths[1] else ("Second", seq2)
        shorter = min(lengths)
        text = f"\n{which} {name} contains {abs(lengths[0] - lengths[1])} additional elements.\n"
        try:
            return text + f"First extra element {shorter}:\n{safe_repr(longer[shorter])}\n"
        except (TypeError, IndexError, NotImplementedError):
            return text + f"Unable to index element {shorter} of {which.lower()} {name}\n"

    def assertListEqual(self, list1, list2, msg=None):
        """Two equal lists."""
        self.assertSequenceEqual(list1, list2, msg, seq_type=list)

    def assertTupleEqual(self, tuple1, tuple2, msg=None):
        """Two equal tuples."""
        self.assertSequenceEqual(tuple1, tuple2, msg, seq_type=tuple)

    def _set_difference(self, which, left, right):
        try:
            return left.difference(right)
        except TypeError as e:
            self.fail(f"invalid type when attempting set difference: {e}")
        except AttributeError as e:
            self.fail(f"{which} argument does not support set difference: {e}")

    def assertSetEqual(self, set1, set2, msg=None):
        """Two equal sets, or what has difference()."""
        only_first = self._set_difference("first", set1, set2)
        only_second = self._set_difference("second", set2, set1)
        lines = []
        for which, items in ("first", only_first), ("second", only_second):
            if items:
                lines.append(f"Items in the {which} set but not the {'second' if which == 'first' else 'first'}:")
                lines.extend(repr(item) for item in items)
        if lines:
            self._fail("\n".join(lines), msg)

    def assertDictEqual(self, d1, d2, msg=None):
        """Two equal dicts."""
        self.assertIsInstance(d1, dict, "First argument is not a dictionary")
        self.assertIsInstance(d2, dict, "Second argument is not a dictionary")
        if d1 != d2:
            import pprint
            self._fail_with_lines("%s != %s" % _common_shorten_repr(d1, d2), pprint.pformat(d1).splitlines(), pprint.pformat(d2).splitlines(), msg)

    def assertCountEqual(self, first, second, msg=None):
        """The same items, each as often, in any order."""
        left, right = list(first), list(second)
        try:
            same = collections.Counter(left) == collections.Counter(right)
            differences = [] if same else _count_diff_hashable(left, right)
        except TypeError: # a key that has no hash
            differences = _count_diff_all_purpose(left, right)
        if differences:
            lines = "\n".join("First has %d, Second has %d:  %r" % difference for difference in differences)
            self.fail(self._formatMessage(msg, self._truncateMessage("Element counts were not equal:\n", lines)))

    def assertMultiLineEqual(self, first, second, msg=None):
        """Two equal strings."""
        self.assertIsInstance(first, str, "First argument is not a string")
        self.assertIsInstance(second, str, "Second argument is not a string")
        if first == second:
            return
        if len(first) > self._diffThreshold or len(second) > self._diffThreshold:
            self._baseAssertEqual(first, second, msg)
        texts = [first, second]
        if first and second and not (first.endswith("\n") and second.endswith("\n")):
            texts = [first + "\n", second + "\n"] # ndiff shows which one had none
        elif not (first and second):
            texts = [text + "\n" if text and not text.endswith("\n") else text for text in texts]
        from difflib import ndiff
        diff = "\n" + "".join(ndiff(*(text.splitlines(keepends=True) for text in texts)))
        self.fail(self._formatMessage(msg, self._truncateMessage("%s != %s" % _common_shorten_repr(first, second), diff)))
