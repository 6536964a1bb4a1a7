# docstrings.py - docstrings of what is built in: types, methods, functions, None.
# SPDX-License-Identifier: MIT
print(int.__doc__ is not None, None.__doc__)
for d in (str.upper, list.append, dict.get, int.bit_length, bytes.hex, set.add, type.mro): print(d.__qualname__, d.__doc__ is not None)
for f in (len, print, [].append, "a".upper, int.from_bytes, str.maketrans, dict.fromkeys, object.__new__): print(f.__qualname__, f.__doc__ is not None)
