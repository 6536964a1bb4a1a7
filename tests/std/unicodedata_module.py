# unicodedata: every property of every character, as a hash, and the normal forms.
import unicodedata as u, hashlib
def h(f):
    m=hashlib.sha1()
    for c in range(0, 0x110000, 7): m.update(repr(f(chr(c))).encode())
    return m.hexdigest()
import sys
for name in ("category","bidirectional","combining","mirrored","east_asian_width","decomposition"):
    print(name, h(getattr(u,name)))
for name in ("decimal","digit","numeric","name"):
    print(name, h(lambda c: getattr(u,name)(c,None)))
for form in ("NFC","NFD","NFKC","NFKD"):
    print(form, h(lambda c: u.normalize(form,c)), h(lambda c: u.is_normalized(form,c)))
print(u.lookup("LATIN SMALL LETTER A"), u.unidata_version)
def t(f,*a):
    try: return f(*a)
    except Exception as e: return f"{type(e).__name__}: {e}"
for f in (u.decimal,u.digit,u.numeric,u.name,u.category): print(t(f,"ab"),"|",t(f,1),"|",t(f,"\ue000"))
print(t(u.lookup,"nope"), t(u.normalize,"X","a"), t(u.normalize,1,"a"), t(u.normalize,"NFC",1), t(u.decimal), t(u.lookup, 1), t(u.lookup,"x"*300))
print([u.normalize("NFC","e\u0301"), u.normalize("NFD","\xe9"), u.normalize("NFKC","\ufb01"), u.is_normalized("NFC","e\u0301")])
