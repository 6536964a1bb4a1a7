"""The numbers of tokens, as tokenize gives them."""

_NAMES = """ENDMARKER NAME NUMBER STRING NEWLINE INDENT DEDENT LPAR RPAR LSQB RSQB COLON COMMA SEMI PLUS MINUS STAR SLASH VBAR AMPER LESS
GREATER EQUAL DOT PERCENT LBRACE RBRACE EQEQUAL NOTEQUAL LESSEQUAL GREATEREQUAL TILDE CIRCUMFLEX LEFTSHIFT RIGHTSHIFT DOUBLESTAR
PLUSEQUAL MINEQUAL STAREQUAL SLASHEQUAL PERCENTEQUAL AMPEREQUAL VBAREQUAL CIRCUMFLEXEQUAL LEFTSHIFTEQUAL RIGHTSHIFTEQUAL
DOUBLESTAREQUAL DOUBLESLASH DOUBLESLASHEQUAL AT ATEQUAL RARROW ELLIPSIS COLONEQUAL EXCLAMATION OP TYPE_IGNORE TYPE_COMMENT SOFT_KEYWORD
FSTRING_START FSTRING_MIDDLE FSTRING_END COMMENT NL ERRORTOKEN ENCODING N_TOKENS""".split()
# The texts of the operators from LPAR to EXCLAMATION.
_TEXTS = """( ) [ ] : , ; + - * / | & < > = . % { } == != <= >= ~ ^ << >> ** += -= *= /= %= &= |= ^= <<= >>= **= // //= @ @= -> ... :=
!""".split()
NT_OFFSET = 256

globals().update({name: number for number, name in enumerate(_NAMES)})
tok_name = dict(enumerate(_NAMES)) | {NT_OFFSET: "NT_OFFSET"}
EXACT_TOKEN_TYPES = {text: number for number, text in sorted(enumerate(_TEXTS, LPAR), key=lambda pair: pair[1])}
__all__ = ["tok_name", "ISTERMINAL", "ISNONTERMINAL", "ISEOF"] + _NAMES + ["NT_OFFSET"]


def ISTERMINAL(x: int) -> bool:
    """Is it the number of a token?"""
    return x < NT_OFFSET


def ISNONTERMINAL(x: int) -> bool:
    """Is it the number of a rule of the grammar?"""
    return x >= NT_OFFSET


def ISEOF(x: int) -> bool:
    """Is it the mark of the end?"""
    return x == ENDMARKER
