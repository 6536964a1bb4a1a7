# options: --deadline 0.2
# A deadline ends a sleep; steps do not, since a sleep takes none.
import time

print("sleeps")
time.sleep(1000)
print("never")
