# What is finalized at the end is under the limits as well: finally blocks and __del__ that do not end are stopped, and the status says so.
# options: --steps 100000
class D:
    def __del__(self):
        print("start")
        while True: pass
class E:
    def __del__(self): print("E")
a=D(); b=E(); 
def g():
    try: yield
    finally:
        while True: pass
x=g(); next(x)
z=E()
print("end")
