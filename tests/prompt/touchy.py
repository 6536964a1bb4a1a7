count = 0
class T:
    @property
    def touched(self):
        global count
        count += 1
    def toucher(self): pass

t = T()
