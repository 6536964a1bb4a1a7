# array_module.py - array: every code, items, slices, methods, pickles, buffers, and changes while it is used.
# SPDX-License-Identifier: MIT
import array
import collections.abc
import copy
import sys
import warnings
from array import array as A

warnings.simplefilter("ignore")


class X:
    def __index__(self): return 5


class F:
    def __float__(self): return 2.5


class Sub(A): pass


class Sub2(A):
    def __new__(cls, code, items, z): return A.__new__(cls, code, items)
    def __init__(self, code, items, z): self.z = z


class R:
    def __init__(self, data): self.data = data

    def read(self, n):
        r, self.data = self.data[:n], self.data[n:]
        return r


class W:
    def write(self, data): self.data = data

    def go(self, a):
        a.tofile(self)
        return self.data


def show(text):
    try:
        print(text, "->", repr(eval(text)))
    except Exception as e:
        print(text, "->", type(e).__name__ + ":", e)

values = """-1 2**7 2**8 -2**7-1 2**15 2**16 -2**15-1 2**31-1 2**64 -2**63-1 2**100 1.5 "a" "ab" b"a" None X() F() 1e300 True float("nan") 10**400 "" """.split()
for code in "bBuwhHiIqQfd":
    for value in values: show(f"A({code!r}, [{value}])")
    for text in ("A(C)", "A(C).itemsize", "A(C).typecode", "memoryview(A(C)).format", "A(C, b'123')", "A(C).__reduce_ex__(2)", "A(C) == A('i')", "A(C) + A('i')", "A(C).extend(A('i'))",
                 "A(C).fromunicode('ab')", "A(C).tounicode()", "A(C, 'abc')", "A(C, A('w', 'a'))", "A(C, b'12345678').tobytes()" if code not in "uwfd" else "0"):
        show(text.replace("C", repr(code)))
if sys.maxsize > 2 ** 32:
    for code in "iIlL":
        for value in ("2**63", "2**40", "2**31", "2**32", "-2**31-1", "-1", "2**63-1", "-2**63", "2**64-1"): show(f"A({code!r}, [{value}])")
show("array._array_reconstructor(A, 'i', 9, b'1234').tolist()")
show("A('u', ['\\ud800', '\U0001F600'])")
show("A('w', ['\U0001F600', 'é', 'a'])")
a = A('i', range(5))
b = A('i', [1, 2, 3, 2])
for text in r"""A()
A('i',1,2,3)
A(1)
A('ii')
A('z')
A(b'i')
A(typecode='i')
A('i',5)
A('i',None)
A('i',[1,'a'])
A('i',(1,2))
A('i',range(3))
A('i',A('d',[1.0]))
A('d',A('i',[1]))
A('w','héllo')
A('i',{3:4})
a.append('x')
a.append()
a.append(7)
a[0]
a[-1]
a[10]
a[-11]
a['x']
a[1.5]
a[None]
a.__setitem__(10,1)
a.__setitem__('x',1)
a.__setitem__(0,'x')
a.__setitem__(0,9)
a
a.__delitem__(10)
a.__delitem__('x')
a.__delitem__(0)
a
a[1:3]
a[::-1]
a[::2]
a[5:1]
a.__setitem__(slice(1,2),A('i',[7,8,9]))
a
a.__setitem__(slice(0,2),[1])
a.__setitem__(slice(0,2),A('h',[1]))
a.__setitem__(slice(0,4,2),A('i',[1]))
a.__setitem__(slice(0,4,2),A('i',[-1,-2]))
a
a.__setitem__(slice(3,1),A('i',[5,5]))
a
a.__delitem__(slice(0,4,2))
a
a.__delitem__(slice(None,None,-2))
a
a.__delitem__(slice(1,2))
a
a.extend([1,2,3])
a.extend(5)
a.extend(['x'])
a.extend(A('i',[9]))
a.extend(a)
a
a.__iadd__([1])
a.__iadd__(A('i',[1]))
a + [1]
a + A('h',[1])
a + A('i',[1])
a*2
2*a
a*0
a*-1
a*1.5
a*'x'
a*2**70
a.__imul__(2)
a.__imul__(-1)
a
A('i',[1,2,3,2]).count(2)
A('i',[1,2,3,2]).count('x')
A('i',[1,2,3,2]).count(2.0)
b.index(2)
b.index(2,2)
b.index(2,2,3)
b.index(9)
b.index(2,-1)
b.index(2,-100,100)
b.index()
b.index('x')
b.remove(9)
b.remove(2)
b
b.pop()
b.pop(0)
b.pop(10)
b.pop('x')
b.pop(-1)
b.pop()
b.insert(0,5)
b.insert(100,6)
b.insert(-1,7)
b.insert(-100,8)
b
b.insert('x',1)
b.insert(0,'x')
b.insert(0)
b.reverse()
b
b.byteswap()
b
b.byteswap()
b.tobytes()
b.tolist()
b.frombytes(b'123')
b.frombytes(b'1234')
b
b.frombytes('abcd')
b.frombytes(5)
b.fromlist([1,2])
b.fromlist((1,2))
b.fromlist([1,'x'])
b
b.fromlist(5)
b.fromunicode('x')
b.tounicode()
b.clear()
b
b.buffer_info()[1]
b == b
b == [1]
A('i',[1,2])==A('d',[1.0,2.0])
A('i',[1,2])<A('i',[1,3])
A('i',[1,2])<A('i',[1,2,0])
A('i',[1,2])>=A('i',[1])
A('i',[1,2])!=A('i',[1,2])
A('i')<[1]
A('d',[float('nan')])==A('d',[float('nan')])
A('Q',[2**64-1])>A('q',[-1])
A('Q',[2**64-1])==A('q',[-1])
A('w','ab')<A('w','b')
A('w','ab')==A('u','ab')
3 in A('i',[1,3])
'x' in A('i',[1])
3.0 in A('i',[3])
hash(A('i'))
len(A('i',[1]))
bool(A('i'))
list(A('i',[1,2]))
list(reversed(A('i',[1,2])))
iter(A('i',[1])).__reduce__()[1:]
iter(A('i',[1,2])).__setstate__(1)
type(iter(A('i')))
A('i',[1]).__copy__()
A('i',[1]).__deepcopy__({})
A('i',[1,2]).__reduce_ex__(4)[1][1:]
A('i',[1,2]).__reduce_ex__(2)[1:]
A('i',[1,2]).__reduce_ex__('x')
A.__class_getitem__(int)
A[int]
array.ArrayType is A
array.typecodes
A.__module__
A.__name__
A('i').x
setattr(A('i'),'typecode','x')
array._array_reconstructor(A,'i',8,b'1234')
array._array_reconstructor(A,'i',5,b'1234')
array._array_reconstructor(A,'d',14,b'1234')
array._array_reconstructor(A,'d',17,b'12345678')
array._array_reconstructor(A,'w',18,b'a\0b\0')
array._array_reconstructor(1,'d',14,b'1234')
array._array_reconstructor(int,'d',14,b'1234')
array._array_reconstructor(A,'z',14,b'1234')
array._array_reconstructor(A,'d',99,b'1234')
array._array_reconstructor(A,'d',-1,b'1234')
array._array_reconstructor(A,'d',14,'1234')
array._array_reconstructor(A,'d',14,b'12345')
array._array_reconstructor(A,'i',9,b'12345')
array._array_reconstructor(A,'dd',14,b'')
array._array_reconstructor(A,5,14,b'')
array._array_reconstructor(A,'b',13,b'12345678')
array._array_reconstructor(A,'b',0,b'123\xff')
array._array_reconstructor(A,'B',1,b'123\xff')
array._array_reconstructor(A,'q',4,b'1\xff')
Sub('i',[1])
Sub('i',[1]) + A('i',[2])
Sub('i',[1])[:]
type(Sub('i',[1])[:])
type(Sub('i')*2)
Sub('i',[1],z=3)
Sub2('i',[1],z=3).z
Sub2('i',[1],z=3).__reduce_ex__(1)
A('i',x=3)
A('i',[1]).tofile(5)
A('w','ab').tounicode()
A('u','ab').tolist()
A('w',['a','b'])
A('w',['ab'])
A('w',[1])
A('u',[1])
A('u',['ab'])
bytes(A('h',[1,2]))
memoryview(A('h',[1,2])).tolist()
memoryview(A('w','ab')).format
memoryview(A('h',[1,2]))[1]
A('i',memoryview(b'1234'))
A('B',bytearray(b'ab'))
a.__contains__(1,2)
A('w',b'abcd')
A('f',[1.1])
A('f',[1e300])
A('d',[0.1,-0.0,float('inf')])
A('d',['x'])
A('d',[None])
A.fromlist([1],[2])
A.append(1,2)
A('i',[1,2,3])[X():]
A('i').fromfile(5,1)
A('i').fromfile(R(b'12345678'),2)
A('i').fromfile(R(b'12345678'),3)
A('i').fromfile(R(b'123456789'),3)
A('i').fromfile(R('x'),3)
A('i').fromfile(R(b''),-1)
A('i').fromfile(R(b''),'x')
W().go(A('i',[1,2]))""".split("\n"): show(text)

# While somebody holds its buffer
a = A('i', range(4))
m = memoryview(a)
for s in 'a.append(1)|a.pop()|a.extend([1])|a.__setitem__(0,9)|a.__setitem__(slice(0,1),A("i",[4]))|a.__setitem__(slice(0,1),A("i"))|a.__delitem__(0)|a.clear()|a.insert(0,1)|a.__imul__(2)|a.__imul__(1)|a.__imul__(0)|a.frombytes(b"1234")|a.frombytes(b"")|a.fromlist([1])|a.fromlist([])|a.reverse()|a.byteswap()|a.remove(1)|a.extend(A("i"))|a.__iadd__(A("i",[1]))|a.tolist()'.split('|'): show(s)
m.release()
show('a.append(1)')
show('a')

# Changes while it is iterated over, and by what its own methods call
a=A('i',range(3)); r=[]
for x in a:
    r.append(x)
    if len(a)<8: a.append(x+10)
print(r)
it=iter(a); a.clear(); print(list(it)); a.append(1); print(list(it))
class Evil:
    def __init__(s,a,f): s.a,s.f=a,f
    def __index__(s): s.f(s.a); return 1
    def __float__(s): s.f(s.a); return 1.0
for f in (lambda a:a.clear(), lambda a:a.extend(range(50))):
    for op in ('a[2]=E','a[E]','a.pop(E)','a.__delitem__(E)','a[E:3]','a.__delitem__(slice(E,9))','a.__setitem__(slice(E,3),A("i",[7]))','a.insert(E,3)','a*E','a.index(E)','a.count(E)'):
        a=A('i',range(5)); E=Evil(a,f)
        try: 
            if '=E' in op: a[2]=E; print(op)
            else: print(op,eval(op))
        except Exception as e: print(op,type(e).__name__,e)
        print(a)
class EqE:
    def __init__(s,a,f): s.a,s.f=a,f
    def __eq__(s,o): s.f(s.a); return False
for f in (lambda a:a.clear(), lambda a:a.append(9) if len(a)<20 else None):
    for op in ('a.index(E)','a.count(E)','a.remove(E)','E in a'):
        a=A('i',range(5)); E=EqE(a,f)
        try: print(op,eval(op))
        except Exception as e: print(op,type(e).__name__,e)
        print(a)
match A('i',[1,2]):
    case [x,y]: print('seq',x,y)
    case _: print('no')
print(issubclass(A,collections.abc.MutableSequence))
print(copy.copy(A('i',[1])),copy.deepcopy(A('i',[1])), copy.copy(Sub('i',[1])))

big = A("d", range(5000))
print(sum(big), len(big[::7]), big[-1], (big * 3)[10000], big.index(4999.0), big.count(3), 2500 in big, (big + big)[5000:5003], len(big.tolist()))
del big[10:4990]
big[3:5] = A("d", [0.5] * 4)
print(big.tolist())
c = A("h", [1]) * 1000
del c[::3], c[::-2], c[1:5:3]
print(len(c), c == A("h", [1]) * len(c))
e = A("i")
try:
    e.extend([1, 2, 2 ** 40, 3])
except OverflowError:
    print(e)
d = A("i", range(9))
m = memoryview(d)
show("d.__delitem__(slice(None, None, 2))")
del m
