"""Which plural form is for n things: expressions of C, as catalogues of gettext have them, as functions."""

import re

_TOKEN = re.compile(r"\s*(?:(\d+)|(n)\b|(\|\||&&|[=!<>]=|[-*/%+?:<>!()])|(\w+|.))", re.ASCII | re.DOTALL)
_LEVELS = (("||",), ("&&",), ("==", "!="), ("<", ">", "<=", ">="), ("+", "-"), ("*", "/", "%"))  # the loosest first
_WORDS = {"||": "or", "&&": "and", "/": "//"}
_LONGEST, _DEEPEST = 1000, 20


class _Parser:
    """Makes an expression of Python of one of C."""

    def __init__(self, text):
        self.tokens = []
        text, at = text.strip(), 0
        while at < len(text):
            match = _TOKEN.match(text, at)
            if match[4]:
                raise ValueError(f"invalid token in plural form: {match[4]}")
            self.tokens.append(match[match.lastindex])
            at = match.end()
        self.tokens.reverse()
        self.depth = 0

    def next(self):
        return self.tokens[-1] if self.tokens else ""

    def unexpected(self):
        token = self.next()
        return ValueError(f"unexpected token in plural form: {token}" if token else "unexpected end of plural form")

    def whole(self):
        code = self.choice()
        if self.tokens:
            raise self.unexpected()
        return code

    def choice(self):
        code = self.level(0)
        if self.next() != "?":
            return code
        self.tokens.pop()
        chosen = self.choice()
        if self.next() != ":":
            raise self.unexpected()
        self.tokens.pop()
        self.enter()
        code = f"({chosen} if {code} else {self.choice()})"
        self.depth -= 1
        return code

    def enter(self):
        self.depth += 1
        if self.depth > _DEEPEST:
            raise ValueError("plural form expression is too complex")

    def level(self, number):
        if number == len(_LEVELS):
            return self.single()
        code = self.level(number + 1)
        while self.next() in _LEVELS[number]:
            operator = self.tokens.pop()
            code = f"({code} {_WORDS.get(operator, operator)} {self.level(number + 1)})"
        return code

    def single(self):
        token = self.next()
        if token == "!":  # of all that is added and compared behind it, as in Python
            self.tokens.pop()
            self.enter()
            code = f"(not {self.level(2)})"
            self.depth -= 1
        elif token == "(":
            self.tokens.pop()
            self.enter()
            code = self.choice()
            self.depth -= 1
            if self.next() != ")":
                raise ValueError("unbalanced parenthesis in plural form") if not self.tokens else self.unexpected()
            self.tokens.pop()
        elif token == "n" or token.isdigit():
            code = str(int(token)) if token != "n" else token
            self.tokens.pop()
        else:
            raise self.unexpected()
        return code


def warn(n):
    """A number of things that is no integer is a thing of the past."""
    import warnings
    warnings.warn(f"Plural value must be an integer, got {type(n).__name__}", DeprecationWarning, 2,
                  skip_file_prefixes=("<frozen gettext>", "<frozen _gettext_plural>"))


def _number(n):
    try:
        round(n)
    except TypeError:
        raise TypeError(f"Plural value must be an integer, got {type(n).__name__}") from None
    warn(n)
    return n


def compile_plural(text):
    """The function of n that an expression is; ValueError."""
    if len(text) > _LONGEST:
        raise ValueError("plural form expression is too long")
    formula = eval("lambda n: int(" + _Parser(text).whole() + ")")

    def plural(n):
        return formula(n if isinstance(n, int) else _number(n))

    return plural
