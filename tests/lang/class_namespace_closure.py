def f():
  dd={'a':1}
  class A:
    q=1
    [0 for k in dd]
    z=[dd for k in dd]
    print([n for n in locals()])
    locals()['w']=5
    for k in dd: pass
    vars().update({k: v for k, v in dd.items()})
  print(A.w, A.a)
  class A:
    q=1
    z=(lambda: dd)
    print(sorted(locals()))
f()
