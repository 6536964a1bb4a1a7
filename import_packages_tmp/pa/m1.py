print('init pa.m1')
from . import m2
from .m2 import two as also
from .sub import deep
from .sub.deep import name as deep_name
from . import value
one = 1
