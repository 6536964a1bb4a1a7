def program(seed): return "print(1)\n"
def same(a,b): return a==b
