# wrapped_list.py - UserList as the base of a class.
# SPDX-License-Identifier: MIT
from collections import UserList


class Row(UserList):
    pass


r = Row([3, 1, 2])
r.append(5)
r += (6,)
print(r, len(r), r[0], r[1:3], type(r[1:3]).__name__, r + [7], [0] + r, r * 2, type(2 * r).__name__, 5 in r, r.index(5), r.count(9))
r.sort(reverse=True)
r.insert(1, "in")
print(r, r.pop(1), r.pop(), r == [6, 5, 3, 2], r == Row([6, 5, 3, 2]), r < [9], [9] > r, r >= Row(), r != [6])
r.extend(Row("ab"))
r.reverse()
r.remove(5)
c = r.copy()
r[0] = 0
del r[1]
r *= 2
print(r, c, type(c).__name__, list(reversed(c)), Row(c) is c)
c.clear()
print(c, Row("xy"))
