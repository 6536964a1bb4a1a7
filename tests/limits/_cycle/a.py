from _cycle import b
name = "a"
print("a done", b.name)
