from .c import value
late = 2
