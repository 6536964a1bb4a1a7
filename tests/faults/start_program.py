"""The command itself: reading a program, its output."""

import os
import sys

with open(__file__) as file:
    print(len(file.read()) > 100)
print("text " * 2000 if len(sys.argv) > 9 else "text " * 30)
sys.stdout.flush()
print(sorted(os.listdir(os.path.dirname(__file__)))[:1])
