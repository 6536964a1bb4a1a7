from .d import late
value = 1
