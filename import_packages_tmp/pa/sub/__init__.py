from .. import m2
from ..m2 import two
from .deep import name
