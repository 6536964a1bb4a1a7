import _cycle.a
name = "b"
print("b done", "a" in dir(_cycle))
