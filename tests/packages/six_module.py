# six: a class of both Pythons, moved modules, metaclasses.
import six
from six.moves import configparser, range as six_range, urllib, zip_longest

print(six.PY3, six.string_types, six.integer_types, list(six_range(3)))


class Meta(type):
    def __new__(cls, name, bases, ns):
        ns["made"] = name
        return super().__new__(cls, name, bases, ns)


class A(six.with_metaclass(Meta, dict)):
    pass


@six.add_metaclass(Meta)
class B:
    __slots__ = ("x",)


@six.python_2_unicode_compatible
class C:
    def __str__(self):
        return "see"


print(A.made, B.made, str(C()), type(A) is Meta, six.ensure_binary("\u00fc"), six.ensure_str(b"x"), six.u("a"), six.b("a"), six.int2byte(65))
print(urllib.parse.urljoin("http://a/b/", "c"), list(zip_longest([1, 2], [3])), configparser.ConfigParser.__name__)
print(sorted(six.iteritems({"a": 1})), six.get_function_code(lambda: 0).co_argcount, six.indexbytes(b"abc", 1), list(six.iterbytes(b"ab")))
try:
    six.raise_from(ValueError("new"), KeyError("old"))
except ValueError as e:
    print(e, repr(e.__cause__))
print(six.moves.reduce(lambda a, b: a + b, [1, 2, 3]), six.moves.StringIO is six.StringIO)
