"""Drivers of sensors, displays, memories and actuators, over module machine: the same on a microcontroller, on Linux and on the simulated board.

Each module has one device, written from its datasheet, which it names. Quantities are in SI units or in those that the docstrings give.
"""
