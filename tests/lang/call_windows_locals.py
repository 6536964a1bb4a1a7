# locals() and f_locals of a function with many local variables.
n=200
decl="".join(f"    a{i}={i}\n" for i in range(n))
src=f"""
def f():
{decl}
    del a199
    try: a199
    except UnboundLocalError as e: print(e)
    loc = locals()
    import sys
    fr = sys._getframe()
    fr.f_locals['a198'] = 'changed'
    return len(loc), loc['a180'], a198
print(f())
"""
exec(src)
