"""x"""

class Bridge:
    pass
