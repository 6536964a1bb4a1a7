"""The descriptor of the fields of a namedtuple, for systems without the C module."""

__name__ = "collections"  # where its names belong


class _tuplegetter:
    """The descriptor of one field."""

    def __init__(self, index, doc):
        self.index = index
        self.__doc__ = doc

    def __get__(self, obj, cls=None):
        if obj is None:
            return self
        return tuple.__getitem__(obj, self.index)

    def __set__(self, obj, value):
        raise AttributeError("can't set attribute")

    def __delete__(self, obj):
        raise AttributeError("can't delete attribute")

    def __reduce__(self):
        return _tuplegetter, (self.index, self.__doc__)

    def __repr__(self):
        return f"_tuplegetter({self.index}, {self.__doc__!r})"
