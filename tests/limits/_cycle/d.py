from _cycle.c import name
