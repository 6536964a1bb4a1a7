# Objects with __del__ that are alive at the end: in the order of their names, whatever these begin with; what they hold comes after.
class D:
    def __init__(self, name, *held):
        self.name, self.held = name, held

    def __del__(self):
        print("del", self.name, len(TABLE), __name__)


TABLE = {"still": "there"}
b = None
_a = D("_a")
__c = D("__c")
a = D("a", D("held by a", D("deeper")))
del b
b = D("b again")
a2 = a
print("end")
