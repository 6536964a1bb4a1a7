# The examples of docs/stm32-board.md.
import doctest
import os

page = os.path.join(os.path.dirname(__file__), "..", "..", "..", "docs", "stm32-board.md")
results = doctest.testfile(page, module_relative=False)
print(results.failed, results.attempted > 5)
