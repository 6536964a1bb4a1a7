# What finalizers print goes to the standard output even where a program has replaced sys.stdout.
import io
import sys


class D:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name, sys.is_finalizing(), sys.stdout is sys.__stdout__)


d = D("d")
print("end")
sys.stdout = io.StringIO()
print("lost")
