"""What CPython calls datetime's form in Python: here the module itself."""

from datetime import *
from datetime import __all__
