class A:
    def __dir__(self): raise SystemError("dir")
    def __getattr__(self, name): raise ZeroDivisionError

a = A()
