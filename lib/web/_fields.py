"""Header fields and query parameters: names that may be there more than once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import parse_qsl

_QUERY_MOST = 1000  # parameters


class Fields(Mapping[str, str]):
    """The fields of a head. Names are compared without case; what is there several times is one value, joined with commas (RFC 9110, 5.3)."""

    __slots__ = ("_of",)

    def __init__(self, of: dict[str, str | list[str]]) -> None:
        self._of = of  # names in lower case, as _http makes them

    def __getitem__(self, name: str) -> str:
        value = self._of[name.lower()]
        if isinstance(value, str):
            return value
        return ("; " if name.lower() == "cookie" else ", ").join(value)

    def get_all(self, name: str) -> list[str]:
        """Every value of a name; [] where there is none."""
        value = self._of.get(name.lower(), [])
        return [value] if isinstance(value, str) else list(value)

    def words(self, name: str) -> list[str]:
        """The values of a list such as Connection's or Accept-Encoding's, in lower case, without their parameters."""
        return [word for part in self.get(name, "").split(",") if (word := part.partition(";")[0].strip().lower())]

    def __iter__(self) -> Iterator[str]:
        return iter(self._of)

    def __len__(self) -> int:
        return len(self._of)

    def __repr__(self) -> str:
        return f"Fields({self._of!r})"


class Values(Mapping[str, str]):
    """Parameters of a query or a form: the last value of a name; get_all() gives every one, in order."""

    __slots__ = ("pairs", "_of")

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self.pairs = pairs
        self._of = dict(pairs)

    @classmethod
    def parse(cls, text: str) -> Values:
        """Of application/x-www-form-urlencoded text. ValueError: more than 1,000 parameters."""
        return cls(parse_qsl(text, keep_blank_values=True, max_num_fields=_QUERY_MOST))

    def __getitem__(self, name: str) -> str:
        return self._of[name]

    def get_all(self, name: str) -> list[str]:
        """Every value of a name, in order."""
        return [value for key, value in self.pairs if key == name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._of)

    def __len__(self) -> int:
        return len(self._of)

    def __repr__(self) -> str:
        return f"Values({self.pairs!r})"
