"""What CPython calls decimal's form in Python: here the module itself."""

from decimal import *
from decimal import __all__, __libmpdec_version__, __version__
