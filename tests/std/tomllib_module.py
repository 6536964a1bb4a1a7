'''tomllib: documents, damaged ones too, and messages.'''
import tomllib,random,sys
r=random.Random(int(sys.argv[1]) if len(sys.argv)>1 else 4); N=int(sys.argv[2]) if len(sys.argv)>2 else 700
seeds=['a = 1\nb.c = "x\\u00e9\\n"\n[t]\nk = [1, 2.5, "s", {x = 1, y.z = 2}]\n','[[p]]\nname = \'lit\'\n[[p]]\n[p.q]\nr = true\n','d = 1979-05-27T07:32:00Z\ne = 1979-05-27 07:32:00.999999-07:00\nf = 1979-05-27\ng = 07:32:00.5\n','s = """\nmulti \\\n   line "quoted" """\nt = \'\'\'x\ny\'\'\'\'\'\n','h = 0xDEAD_beef\no = 0o755\nb = 0b1101\nn = [inf, -inf, nan, +1_000, -0.0, 6.02e23, 1e-3]\n# comment\n','"quoted key" = 1\n\'lit key\'.x = 2\n','[a.b]\nc = 1\n[a]\nd = 2\n[a.b.e]\n','x = {a.b = 1, a.c = 2}\ny = [\n 1, # c\n 2,\n]\n','a = 1\na = 2','[t]\n[t]','a.b = 1\na.b.c = 2','[a]\nb.c = 1\n[a.b]\n','x=[{a=1}]\n[[x]]','[a]\nb={}\n[a.b]\nc=1']
al='abct[]{}=.,"\'\\\n #-+_0123456789:TZeux\x00\x7f\té'
for i in range(N):
    t=list(r.choice(seeds)+(r.choice(seeds) if r.random()<.5 else ''))
    for _ in range(r.randrange(4)):
        k=r.randrange(3); p=r.randrange(len(t)+1)
        if k==0: t.insert(p,r.choice(al))
        elif k==1 and t: del t[min(p,len(t)-1)]
        elif t: t[min(p,len(t)-1)]=r.choice(al)
    t=''.join(t)
    for f in (tomllib.loads, lambda t: tomllib.loads(t,parse_float=str)):
        try: print(ascii(f(t)))
        except Exception as e: print(type(e).__name__, ascii(str(e)), ascii(t))
for v in (1, b'a=1', None):
    try: tomllib.loads(v)
    except Exception as e: print(type(e).__name__, e)
import io
print(tomllib.load(io.BytesIO(b'a=1')))
try: tomllib.load(io.StringIO('a=1'))
except Exception as e: print(type(e).__name__, e)
