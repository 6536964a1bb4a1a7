# Logs a reading to the file system ten times a second, or why there is none; when the log is full, it takes the place of the one before.
import os
import time

from machine import ADC

FULL = 4000  # bytes
sensor = ADC(16)
number = 0


def append(line):
    with open("log.txt", "a") as log:
        log.write(line)
        size = log.tell()
    if size >= FULL:
        os.replace("log.txt", "log.old")


def reading():
    try:
        return sensor.read()
    except OSError as e:
        return f"error {e.errno}"


while True:
    append(f"{number} {time.ticks_ms()} {reading()}\n")
    number += 1
    if number % 10 == 0:
        print("logged", number)
    time.sleep(0.1)
