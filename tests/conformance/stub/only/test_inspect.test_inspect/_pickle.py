"""For test_inspect, which wants a native class with methods here."""

from pickle import *
