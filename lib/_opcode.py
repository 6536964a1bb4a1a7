"""What tools ask CPython's _opcode: whether instructions specialize themselves. Krait's do not, they have caches beside them."""

from opcode import stack_effect

__all__ = ["stack_effect", "is_valid", "ENABLE_SPECIALIZATION"]

ENABLE_SPECIALIZATION = False


def is_valid(opcode):
    """Return whether there is an instruction of that number."""
    from opcode import opmap
    return opcode in opmap.values()
