# genops, dis and optimize, and what they say about streams that are wrong.
import collections
import datetime
import pickle
import pickletools as p

print(p.__all__)
for o in p.opcodes:
    print(o.name, repr(o.code), o.arg.name if o.arg else '-', o.proto, ' '.join(x.name for x in o.stack_before) or '-', '|', ' '.join(x.name for x in o.stack_after) or '-', o.arg.n if o.arg else 0)
def why(b):
    try: p.dis(b)
    except Exception as e: print("   ",b, type(e).__name__, e)
for b in (b"(", b"", b"\xff.", b"0.", b"Ix\n.", b"g0\n.", b"p0\n.", b"K\x01p0\nK\x01p0\n0.", b"K\x01K\x02.",b"t.", b"I1", b"S'a\n.", b"Sa\n.",b"X\x01\0\0\0",b"\x8a\x02a",b"c\n", b"F1.x\n.", b"U\xff.", b"\x8b\xff\xff\xff\xff.", b"V\\u12\n.",b"C\x02a",b"r\1\0\0\0.",b"L12L\n.",b"L12\n.",b"G1.", b"(0N.", b"((K\x011N.", b"(p0\n", b"N\x94\x940h\0.",b"I01\n.", b"(q\0", b"\x96\xff\xff\xff\xff\xff\xff\xff\xff",b"(K\1oN."):
    why(b)
class A: pass
shared = ["x"]
for proto in range(6):
    for thing in ([1,-1,300,70000,1<<80,1.5,"a\n\xe9\u20ac",b"xy",(1,2,3,4),(),(1,),True,None], {"a":shared,"b":shared}, collections.OrderedDict(a=1), datetime.date(2020,1,2), {3}, frozenset([3]), bytearray(b"qq")):
        d = pickle.dumps(thing, proto)
        why(d)
        q = p.optimize(d)
        why(q)
        print(q)
        print(pickle.loads(q) == thing)
p.dis(b"(K\x01K\x02t.", indentlevel=2)
memo = {}
p.dis(b"Nq\x00.", memo=memo); p.dis(b"h\x00.", memo=memo)
print([(o.name, a, pos) for o, a, pos in p.genops(b"K\x01.")])
