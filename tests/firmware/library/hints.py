# typing, as programs use it.
from __future__ import annotations
from typing import TYPE_CHECKING, Any, Generic, Optional, TypeVar, Union

T = TypeVar("T")


class Box(Generic[T]):
    kept: Optional[str] = None

    def __init__(self, item: T) -> None:
        self.item: Union[T, None] = item


print(Box[int](3).item, TYPE_CHECKING, Any, Box.__annotations__, Union[int, str] == int | str, Optional["Box"])
