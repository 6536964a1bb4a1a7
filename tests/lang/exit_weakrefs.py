# Weak references to what is finalized at the end: callbacks of those that go as well are not called; weakref.finalize runs at exit.
import weakref


class D:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name, r() is a)


a = D("a")
r = weakref.ref(a, lambda ref: print("callback"))
b = D("b")
f = weakref.finalize(b, print, "finalize b")
f2 = weakref.finalize(a, print, "finalize a")
f2.atexit = False
table = weakref.WeakValueDictionary(b=b)
print("end")
