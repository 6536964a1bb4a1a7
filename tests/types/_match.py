# _match.py - for match_inherit*.py: which of two patterns an object matches.
# SPDX-License-Identifier: MIT


def kind(x):
    match x:
        case [*_]:
            first = "seq"
        case {}:
            first = "map"
        case _:
            first = "neither"
    match x:
        case {}:
            second = "map"
        case [*_]:
            second = "seq"
        case _:
            second = "neither"
    return first, second
