'''doc of plain'''
import sys
name = __name__
count = getattr(sys, '_krait_count', 0) + 1
sys._krait_count = count
def f(): return count
_private = 1
