"""Type hints: the protocols of conversions."""

from abc import abstractmethod

from _typing import TypeVar
from _typing_protocol import Protocol, runtime_checkable

__name__ = "typing"  # where its names belong
T = TypeVar("T")


@runtime_checkable
class SupportsInt(Protocol):
    """An ABC with one abstract method __int__."""

    @abstractmethod
    def __int__(self):
        pass


@runtime_checkable
class SupportsFloat(Protocol):
    """An ABC with one abstract method __float__."""

    @abstractmethod
    def __float__(self):
        pass


@runtime_checkable
class SupportsComplex(Protocol):
    """An ABC with one abstract method __complex__."""

    @abstractmethod
    def __complex__(self):
        pass


@runtime_checkable
class SupportsBytes(Protocol):
    """An ABC with one abstract method __bytes__."""

    @abstractmethod
    def __bytes__(self):
        pass


@runtime_checkable
class SupportsIndex(Protocol):
    """An ABC with one abstract method __index__."""

    @abstractmethod
    def __index__(self):
        pass


@runtime_checkable
class SupportsAbs(Protocol[T]):
    """An ABC with one abstract method __abs__ that is covariant in its return type."""

    @abstractmethod
    def __abs__(self):
        pass


@runtime_checkable
class SupportsRound(Protocol[T]):
    """An ABC with one abstract method __round__ that is covariant in its return type."""

    @abstractmethod
    def __round__(self, ndigits=0):
        pass
