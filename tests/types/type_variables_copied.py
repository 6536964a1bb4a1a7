# type_variables_copied.py - TypeVar, ParamSpec and NoDefault are not copied.
# SPDX-License-Identifier: MIT
import copy
from typing import NoDefault, ParamSpec, TypeVar

T, P = TypeVar('T'), ParamSpec('P')
print(copy.copy(T) is T)
print(copy.deepcopy(P) is P)
print(copy.deepcopy(NoDefault) is NoDefault)
