# Differences of random texts: ndiff, unified and context diffs, matching blocks.
import difflib
seed = 12345
def rnd(n):
    global seed
    seed = (seed * 1103515245 + 12345) & 0x7fffffff
    return (seed >> 8) % n
words = ["alpha","beta","gamma delta","epsilon = zeta","\teta","", "# theta", "one two three four", "one too three fore"]
def text(n):
    return [words[rnd(len(words))] + ("x" * rnd(3)) + "\n" for _ in range(n)]
for i in range(60):
    a = text(rnd(12)); b = a[:]
    for _ in range(rnd(5)):
        if b and rnd(2): b[rnd(len(b))] += "!"
        elif b and rnd(2): del b[rnd(len(b))]
        else: b.insert(rnd(len(b)+1), text(1)[0])
    if i % 4 == 0: b = text(rnd(12))
    print(i, list(difflib.ndiff(a,b)), list(difflib.unified_diff(a,b,'a','b',n=rnd(4))), list(difflib.context_diff(a,b,'a','b','d1','d2')))
    s = difflib.SequenceMatcher(None, ''.join(a), ''.join(b))
    print(s.get_opcodes()[:], s.ratio(), s.quick_ratio(), s.real_quick_ratio()); print(list(s.get_grouped_opcodes(2)))
    print(list(difflib.restore(difflib.ndiff(a,b),1))==a, list(difflib.diff_bytes(difflib.unified_diff,[x.encode() for x in a],[x.encode() for x in b])))
print(difflib.get_close_matches('appel', ['ape','apple','peach','puppy']), difflib.SequenceMatcher(lambda x: x==' ', "private Thread currentThread;", "private volatile Thread currentThread;").get_matching_blocks())
for f in (lambda: list(difflib.unified_diff([b'a'],['b'])), lambda: list(difflib.restore([],3)), lambda: difflib.get_close_matches('a',[],0), lambda: list(difflib.diff_bytes(difflib.unified_diff,['a'],[]))):
    try: f()
    except Exception as e: print(type(e), e)
