from _cycle.d import name
