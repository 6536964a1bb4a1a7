# Locks are made by _thread alone: object.__new__() makes none.
import _thread

try: print(object.__new__(type(_thread.allocate_lock())))
except TypeError: print("TypeError")
