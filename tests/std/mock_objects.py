# mock_objects.py - unittest.mock: calls and what is told of them, specs, patches, special methods, asynchronous mocks.
# SPDX-License-Identifier: MIT
import os
from unittest import mock
from unittest.mock import (ANY, DEFAULT, AsyncMock, MagicMock, Mock, NonCallableMock, PropertyMock, call, create_autospec, mock_open, patch, seal,
                           sentinel)


def tell(what):
    try:
        result = what()
    except BaseException as error:
        result = f"{type(error).__name__}: {error}"
    print(str(result).partition(" id=")[0])


class Thing:
    """Doc."""
    attribute = 1
    def method(self, a, b=2): return a
    async def later(self, x): return x
    @classmethod
    def made(cls, n): pass


m = Mock(name="m")
m(1, a=2)
m.child(3).deep.er(4)
m.child.return_value.other = 5
print(m.mock_calls, m.method_calls, m.call_args, m.call_args.args, m.call_args.kwargs, m.call_count, m.called, m.child.call_args_list)
print(repr(m).partition(" id")[0], repr(m.child().deep).partition(" id")[0], m.child(3).other)
for check in (lambda: m.assert_called_once_with(1, a=2), lambda: m.assert_called_with(2), lambda: m.assert_not_called(), lambda: m.nope.assert_called(),
              lambda: m.nope.assert_called_with(1), lambda: m.assert_any_call(9), lambda: m.assert_has_calls([call(1, a=2), call.child(3)]),
              lambda: m.assert_has_calls([call.child(9)]), lambda: m.assert_has_calls([call(8)], any_order=True), lambda: m.child.assert_called_once(),
              lambda: m.assert_foo, lambda: m.called_once):
    tell(check)
m.reset_mock()
print(m.mock_calls, m.called, m.child.called)
effect = Mock(side_effect=[1, ValueError("x"), DEFAULT], return_value="r")
for _ in range(4):
    tell(effect)
tell(Mock(side_effect=KeyError("k")))
tell(lambda: Mock(side_effect=lambda *a: a)(1, 2))
tell(lambda: Mock(wraps=len)("abc"))
configured = Mock(**{"a.b.return_value": 3, "c": 4})
print(configured.a.b(), configured.c)

# Specs.
for cls in (Mock, MagicMock, NonCallableMock):
    spec = cls(spec=Thing)
    print(isinstance(spec, Thing), repr(spec).partition(" id")[0])
    tell(lambda: spec.nothing)
    tell(lambda: spec.method)
    tell(lambda: setattr(spec, "new", 1))
tell(lambda: setattr(Mock(spec_set=Thing), "new", 1))
tell(lambda: Mock(spec=["x"]).y)
tell(lambda: Mock(spec=Mock()))
auto = create_autospec(Thing)
tell(lambda: auto.method(1))
tell(lambda: auto().method(1, 2))
tell(lambda: auto().method(1, 2, 3))
tell(lambda: auto().method.assert_called_once_with(1, b=2))
tell(lambda: auto(1))
tell(lambda: auto.made(1, 2))
function = create_autospec(lambda a, b: 0, return_value=7)
print(function(1, b=2), function.mock_calls, function.called)
tell(lambda: function(1))
tell(lambda: function.assert_called_once_with(1, 2))
tell(lambda: create_autospec(Thing, instance=True)())
sealed = Mock()
sealed.known.x = 1
seal(sealed)
tell(lambda: sealed.unknown)
tell(lambda: sealed.known.y)
tell(lambda: setattr(sealed, "z", 1))

# Special methods.
magic = MagicMock()
print(len(magic), int(magic), float(magic), bool(magic), list(magic), 3 in magic, magic == magic, magic == 1, magic < 1 if False else "-", hash(magic) == hash(magic))
magic.__getitem__.return_value = "item"
magic.__iter__.return_value = iter([1, 2])
print(magic["k"], list(magic), magic.__getitem__.mock_calls, magic + 1 is magic.__add__.return_value)
with magic as entered:
    print(entered is magic.__enter__.return_value)
print(magic.mock_calls[-2:])
plain = Mock()
plain.__str__ = lambda self: "text"
print(str(plain))
tell(lambda: len(Mock()))
tell(lambda: setattr(Mock(), "__getattr__", 1))
del magic.gone
tell(lambda: magic.gone)

# Calls.
print(call, call(1), call.a(2).b, call.a(1).b(c=2).call_list(), call(1) == (1,) or call(1) == ((1,),), call("x") == call(ANY), call.a != call.b)
print(sentinel.name, sentinel.name is sentinel.name, ANY == 3, call(1, 2, x=ANY) == call(1, 2, x=5))

# Patches.


@patch("os.getcwd", return_value="here")
def patched(first, fake): return first, os.getcwd(), fake.called


print(patched(1), os.getcwd() != "here")
with patch.object(Thing, "method") as fake, patch.object(Thing, "attribute", 5):
    Thing().method(1)
    print(fake.mock_calls, Thing.attribute)
print(Thing.attribute, Thing().method(2))
with patch.object(Thing, "method", autospec=True) as fake:
    thing = Thing()
    thing.method(3)
    print(fake.mock_calls == [call(thing, 3)])
    tell(lambda: thing.method())
with patch.dict(os.environ, {"MOCKED": "1"}, clear=True):
    print(dict(os.environ))
with patch.multiple(Thing, attribute=DEFAULT, method=DEFAULT) as both:
    print(sorted(both))
with patch.object(Thing, "p", new_callable=PropertyMock, create=True, return_value=8) as p:
    print(Thing().p, p.mock_calls)
tell(lambda: patch("os.nothing").start())
tell(lambda: patch("nothing"))
tell(lambda: patch.object("os", "x"))
starting = patch("os.getpid", return_value=1)
starting.start()
print(os.getpid())
patch.stopall()
print(os.getpid() != 1, starting.stop())


@patch.object(Thing, "attribute", 9)
class Tests:
    def test_a(self): return Thing.attribute
    def other(self): return Thing.attribute


print(Tests().test_a(), Tests().other())
with patch("builtins.open", mock_open(read_data="a\nb\n")) as opened:
    with open("f") as file:
        print(file.read(), file.readline(), list(file))
    print([line for line in open("g")], opened.mock_calls[0])
tell(lambda: Mock(autospect=1) and create_autospec(Thing, auto_spec=1))

# Asynchronous.


def run(coroutine):
    try:
        coroutine.send(None)
    except StopIteration as stop:
        return stop.value


later = AsyncMock(return_value=3)
print(run(later(1)), later.await_args, later.await_count, later.mock_calls)
tell(later.assert_awaited_once_with)
tell(later.assert_not_awaited)
tell(lambda: run(AsyncMock(side_effect=[1, 2])()))
tell(lambda: run(AsyncMock(side_effect=ValueError("v"))()))
mixed = MagicMock(spec=Thing)
print(type(mixed.later).__name__, type(mixed.method).__name__, run(create_autospec(Thing)().later(1)) is not None)
never = AsyncMock()
tell(never.assert_awaited)
tell(lambda: never.assert_has_awaits([call(1)]))
print(sorted(mock.__all__))
