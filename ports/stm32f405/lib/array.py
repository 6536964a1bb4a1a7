"""Rows of numbers of one C type, which take no more memory than in C. They have the buffer protocol."""

typecodes = "bBhHiIlLqQfd"


class array:
    """initializer: numbers, or bytes as they are in memory."""

    __slots__ = ("typecode", "_bytes", "_items")

    def __init__(self, typecode, initializer=()):
        if typecode not in list(typecodes):
            raise ValueError(f"bad typecode (must be one of {', '.join(typecodes)})")
        self.typecode = typecode
        self._keep(bytearray())
        if isinstance(initializer, (bytes, bytearray)):
            self.frombytes(initializer)
        else:
            self.extend(initializer)

    def _keep(self, data):
        with memoryview(data) as view:
            self._bytes, self._items = data, view.cast(self.typecode)

    def _packed(self, items):
        data = bytearray(len(items) * self._items.itemsize)
        view = memoryview(data).cast(self.typecode)
        for i, item in enumerate(items):
            view[i] = item
        return data

    @property
    def itemsize(self):
        """Bytes of an item."""
        return self._items.itemsize

    def __buffer__(self, flags):
        return memoryview(self._items)

    # ---- Growing: BufferError while somebody has the buffer -------------------------------------------------------------

    def frombytes(self, buffer, /):
        """Append items as they are in memory."""
        if len(buffer) % self.itemsize:
            raise ValueError("bytes length not a multiple of item size")
        self._items.release()
        try:
            self._bytes += buffer
        finally:
            self._keep(self._bytes)

    def extend(self, items, /):
        """Append all items."""
        if isinstance(items, array) and items.typecode != self.typecode:
            raise TypeError("can only extend with array of same kind")
        self.frombytes(self._packed(list(items)))

    fromlist = extend

    def append(self, item, /):
        """Append one item."""
        self.frombytes(self._packed((item,)))

    def _through_list(self, change):
        items = self.tolist()
        result = change(items)
        packed = self._packed(items)
        self._items.release()
        try:
            self._bytes[:] = packed
        finally:
            self._keep(self._bytes)
        return result

    def insert(self, i, item, /):
        """Insert an item before position i."""
        self._through_list(lambda items: items.insert(i, item))

    def pop(self, i=-1, /):
        """Remove the item at i, and return it."""
        return self._through_list(lambda items: items.pop(i))

    def remove(self, item, /):
        """Remove the first item equal to this one; ValueError: there is none."""
        self._through_list(lambda items: items.remove(item))

    def reverse(self):
        """Turn the order of the items round."""
        self._through_list(list.reverse)

    def byteswap(self):
        """Turn the order of the bytes in each item round."""
        data = self._bytes
        for at in range(0, len(data), self.itemsize):
            data[at:at + self.itemsize] = data[at:at + self.itemsize][::-1]

    # ---- As a sequence --------------------------------------------------------------------------------------------------

    def __len__(self):
        return len(self._items)

    def __iter__(self):
        i = 0
        while i < len(self._items):
            yield self._items[i]
            i += 1

    def __getitem__(self, key):
        return array(self.typecode, self._items[key]) if isinstance(key, slice) else self._items[key]

    def __setitem__(self, key, value):
        if not isinstance(key, slice):
            self._items[key] = value
        elif not isinstance(value, array) or value.typecode != self.typecode:
            raise TypeError(f"can only assign array (not {type(value).__name__!r}) to array slice")
        elif len(range(*key.indices(len(self)))) == len(value):
            self._items[key] = value._items
        else:
            self._through_list(lambda items: items.__setitem__(key, value.tolist()))

    def __delitem__(self, key):
        self._through_list(lambda items: items.__delitem__(key))

    def tolist(self):
        """The items as a list."""
        return self._items.tolist()

    def tobytes(self):
        """The items as they are in memory."""
        return bytes(self._bytes)

    def index(self, *args):
        """The position of the first item equal to this one; ValueError: there is none."""
        return self.tolist().index(*args)

    def count(self, item, /):
        """How many items are equal to this one."""
        return self.tolist().count(item)

    def __eq__(self, other):
        return self.tolist() == other.tolist() if isinstance(other, array) else NotImplemented

    def __lt__(self, other):
        return self.tolist() < other.tolist() if isinstance(other, array) else NotImplemented

    def __iadd__(self, other):
        if not isinstance(other, array):
            raise TypeError(f"can only extend with array (not {type(other).__name__!r})")
        self.extend(other)
        return self

    def __add__(self, other):
        made = self[:]
        made += other
        return made

    def __mul__(self, count):
        return array(self.typecode, self._bytes * count)

    __rmul__ = __mul__

    def __copy__(self):
        return self[:]

    def __repr__(self):
        return f"array({self.typecode!r}, {self.tolist()!r})" if self._bytes else f"array({self.typecode!r})"


ArrayType = array
