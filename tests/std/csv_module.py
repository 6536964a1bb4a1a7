"""csv: what is read and written under every option, messages, DictReader, DictWriter, Sniffer."""
import csv,_csv,io
def t(f):
    try:
        v = f()
        print(type(v).__name__ if ' object at 0x' in repr(v) else repr(v))
    except BaseException as e: print(type(e).__name__, e)
W=lambda *a,**k: csv.writer(io.StringIO(),*a,**k)
for k in (dict(delimiter=''),dict(delimiter='ab'),dict(delimiter=1),dict(delimiter=None),dict(quotechar=None),dict(quotechar=''),dict(quotechar='ab'),dict(quotechar=1),dict(quoting=9),dict(quoting='x'),dict(lineterminator=1),dict(lineterminator=None),dict(escapechar=''),dict(escapechar='ab'),dict(delimiter='"'),dict(delimiter='\n'),dict(delimiter=' ',skipinitialspace=True),dict(quotechar=' ',skipinitialspace=True),dict(escapechar='\r'),dict(quotechar='\n'),dict(quotechar=None,quoting=1),dict(quotechar='',quoting=0), dict(lineterminator=',\n'),dict(delimiter='a',escapechar='a'),dict(doublequote=3,strict='x')): t(lambda:W(**k).dialect.quoting)
t(lambda:W(None)); t(lambda:W('nope')); t(lambda:csv.reader(1)); t(lambda:csv.writer(1)); t(lambda:csv.get_dialect('x')); t(lambda:csv.register_dialect(1)); t(lambda:csv.unregister_dialect('q')); t(lambda:csv.field_size_limit('x')); t(lambda:csv.field_size_limit(1,2)); t(lambda:csv.field_size_limit()); t(lambda: csv.Dialect()); t(lambda:_csv.Dialect()); t(lambda:_csv.Dialect('excel')); t(lambda:csv.excel())
for s,k in ((['a\x00b'],{}),(['"a'],dict(strict=True)),(['"a"b'],dict(strict=True)),(['a\rb'],{}),([b'a'],{}),([1],{}),(['"abc'],{}),(['a,b','','c'],{}),(['1,"2",x'],dict(quoting=csv.QUOTE_NONNUMERIC)),(['1,2,"3"'],dict(quoting=csv.QUOTE_NONNUMERIC)),(['a\\'],dict(escapechar='\\')),(['a\\'],dict(escapechar='\\',strict=True)),([',"",'],dict(quoting=csv.QUOTE_NOTNULL)),([',"",1'],dict(quoting=csv.QUOTE_STRINGS)),(['a "b",  c'],dict(skipinitialspace=True)), (['a\n\n','b'],{}),(['a\nb'],{}),(['"a','b"','c'],{}),(['a,"b\n','c",d'],{}),(['"a""b"'],{}),(['"a""b"'],dict(doublequote=False)),(['a\\,b'],dict(escapechar='\\')),(['"a\\"b"'],dict(escapechar='\\')),(['a"b,c"d'],{}),(['a\r','b\r\n','\n'],{}),(['"a\rb\r\nc"'],{}),(['"a"'],dict(quoting=3)),(['x'*140000],{}),([''],{}),(['\r'],{}),(['"'],{}),(['",'],{}),(['a,'],{}),(['\\'],dict(escapechar='\\')),([' "a"'],dict(skipinitialspace=True)),([',',''],dict(quoting=2)),(['\\1,2'],dict(quoting=2,escapechar='\\')),(['a\\\n'],dict(escapechar='\\')),(['a\\\n','b'],dict(escapechar='\\')), (['"a"\r\n','b'],{}),(['"a" ,b'],{}),):
    def h():
        r=csv.reader(s,**k); o=[]
        try:
            for x in r: o.append(x if len(str(x))<100 else len(x)); 
        except Exception as e: o.append(repr(e))
        return o, r.line_num
    t(h)
for r,k in (([None,1,'a,b',1.5,'x"y','a\nb'],{}),([''],{}),([],{}),([None],{}),([None],dict(quoting=3)),([''],dict(quoting=3)),(['a,b'],dict(quoting=3)),(['a,b'],dict(quoting=3,escapechar='\\')),(['a"b'],dict(quoting=3,escapechar='\\')),(['a"b'],dict(doublequote=False)),(['a"b','c\\d'],dict(doublequote=False,escapechar='\\')),([1,'a',None,2.5],dict(quoting=2)),([1,'a',None,2.5],dict(quoting=1)),([1,'a',None,'',2.5],dict(quoting=4)),([1,'a',None,'',2.5],dict(quoting=5)),([' a'],dict(skipinitialspace=True)),([' a'],dict(delimiter=' ')),(['a\\b'],dict(escapechar='\\')),(['a"b'],dict(quotechar=None,quoting=3)),(['a\rb'],dict(lineterminator='!')),(['a!b'],dict(lineterminator='!')),(5,{}),(['',''],dict(delimiter=' ',skipinitialspace=False)),([None,''],dict(delimiter=' ',quoting=3)),([True,1j,b'x'],{}),([None],dict(quoting=5)),([None],dict(quoting=4)),([''],dict(quoting=4)),(['a\nb'],dict(quoting=3,escapechar='\\')),(['a\nb'],dict(quoting=3)),(['','x'],dict(delimiter=' ',skipinitialspace=True)),(['a"b'],dict(quotechar=None,quoting=3,escapechar='\\')),(['a\\b"'],dict(escapechar='\\',quoting=1)),(['a"'],dict(escapechar='\\')),([None,'x'],dict(quoting=3,delimiter=' ',skipinitialspace=True,escapechar='\\')),(['',],dict(quotechar=None,quoting=3)), (['a"b'],dict(quoting=1,doublequote=False)),(['a"'],dict(quoting=3)), (['é"ü','\ud800'],{})):
    f=io.StringIO()
    def g():
        n=csv.writer(f,**k).writerow(r); return n,f.getvalue()
    t(g)
class S:
    def __str__(self): return 's,s'
t(lambda:W().writerows([[1],[S()],3])); t(lambda:W().writerows(3)); 
d=_csv.Dialect(delimiter=';'); print(d.delimiter,d.doublequote,d.escapechar,d.lineterminator,d.quotechar,d.quoting,d.skipinitialspace,d.strict)
for a in ('delimiter','quoting'):
    t(lambda:setattr(d,a,1)); t(lambda:delattr(d,a))
t(lambda: csv.reader([]).dialect); t(lambda: setattr(csv.reader([]),'line_num',3)); print(type(csv.reader([])),type(W()), [n for n in dir(csv.reader([])) if n[:1]!='_'],[n for n in dir(W()) if n[:1]!='_'],[n for n in dir(d) if n[:1]!='_'])
import pickle,copy; t(lambda:pickle.dumps(d)); t(lambda:copy.copy(d)); t(lambda:_csv.Reader()); t(lambda:_csv.Writer())
t(lambda:csv.writer(io.StringIO(),dialect=3)); t(lambda:csv.writer(io.StringIO(),dialect=d).dialect is d)
class E(csv.excel): delimiter=4
t(lambda:E()); t(lambda:csv.writer(io.StringIO(),E)); 
class E(csv.Dialect): delimiter=';'; quotechar="'"; quoting=0; lineterminator='x'
t(lambda:E()); 
class E(csv.Dialect): pass
t(lambda:E())
t(lambda:csv.Sniffer().sniff('')); t(lambda:csv.Sniffer().sniff('a;b\nc;d\n').delimiter)
rows = [["1", "two", "3,3"], ["", '"q"', "x\ny"], ["\xe9\U0001f600", " s ", "'"]]
for dialect in csv.list_dialects():
    f = io.StringIO()
    csv.writer(f, dialect).writerows(rows)
    print(dialect, ascii(f.getvalue()), list(csv.reader(f.getvalue().splitlines(True), dialect)) == rows)
csv.register_dialect("mine", delimiter="|", quotechar="'", escapechar="\\", doublequote=False)
f = io.StringIO()
csv.writer(f, "mine").writerows(rows + [["a|b", "c'd", "e\\f"]])
print(ascii(f.getvalue()), list(csv.reader(f.getvalue().splitlines(True), "mine")) == rows + [["a|b", "c'd", "e\\f"]])
csv.unregister_dialect("mine")
print(csv.list_dialects(), csv.get_dialect("excel").quoting, csv.field_size_limit(10), csv.field_size_limit())
t(lambda: list(csv.reader(["x" * 11])))
t(lambda: list(csv.reader(["x" * 10, "a,b"])))
csv.field_size_limit(131072)
r = csv.DictReader(["a,b,c", "1,2,3", "", "4,5", "6,7,8,9"], restkey="more", restval="none")
print(r.fieldnames, list(r), r.line_num)
print(list(csv.DictReader(["1,2"], fieldnames=iter("xy"))), list(csv.DictReader([])))
f = io.StringIO()
w = csv.DictWriter(f, ["a", "b"], restval="?")
w.writeheader(), w.writerow({"a": 1}), w.writerows([{"b": 2}, {"a": 3, "b": 4}])
t(lambda: w.writerow({"c": 1}))
t(lambda: csv.DictWriter(f, [], extrasaction="x"))
w = csv.DictWriter(f, ["a"], extrasaction="ignore")
w.writerow({"a": 5, "c": 1})
print(ascii(f.getvalue()))
samples = ["a;b;c\n1;2;3\n4;5;6\n", "'a', 'b'\n'c', 'd'\n", "a\tb\n1\t2\n", '"x":"y"\n"z":"w"\n', "a b c\nd e f\n", "name,age\nann,3\nbob,12\n", "x\ny\n", '"a"",b",c\n"d",e\n']
for s in samples:
    def sniffed():
        d = csv.Sniffer().sniff(s)
        return d.delimiter, d.quotechar, d.doublequote, d.skipinitialspace, csv.Sniffer().has_header(s)
    t(sniffed)
t(lambda: csv.Sniffer().sniff("a;b,c\nd;e,f\n", delimiters=",").delimiter)
def again():
    yield "1,2"
    yield from nested
nested = csv.reader(again())
print(next(nested))
t(lambda: next(nested))
