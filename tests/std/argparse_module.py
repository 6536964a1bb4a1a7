'''argparse: help, usage, values and messages of parsers made at random, the same ones each time.'''
import argparse, random, sys, io, contextlib
r=random.Random(5); N=40
import os; os.environ['COLUMNS']='80'
def one():
    log=[]
    p=argparse.ArgumentParser(prog=r.choice(['prog','a rather long program name '*2]), description=r.choice([None,'Some description text '*6]), epilog=r.choice([None,'The end %(prog)s']), allow_abbrev=r.random()<.8, formatter_class=r.choice([argparse.HelpFormatter,argparse.ArgumentDefaultsHelpFormatter,argparse.RawTextHelpFormatter,argparse.RawDescriptionHelpFormatter]), usage=r.choice([None,None,None,'%(prog)s x']))
    tgt=[p]
    if r.random()<.4: tgt.append(p.add_argument_group('grp','group description'))
    if r.random()<.4:
        tgt.append(p.add_mutually_exclusive_group(required=r.random()<.5)); tgt[-1].add_argument('--in-group')
    words=[]
    for i in range(r.randrange(5)):
        names=r.choice([['-'+'abcdefg'[i]],['--'+n] if (n:=r.choice(['alpha','beta','alphabet','long-option-name']))+str(i) else [],['-'+'abcdefg'[i],'--'+'opt%d'%i],['-%d'%i]])
        kw={}
        a=r.choice([None,None,'store_true','append','count','store_const','extend',argparse.BooleanOptionalAction])
        if a: kw['action']=a
        if a is argparse.BooleanOptionalAction and not names[0].startswith('--'): kw.pop('action'); a=None
        if a=='store_const': kw['const']=7
        if a in (None,'append','extend'):
            n=r.choice([None,None,'?','*','+',2,1]); 
            if a=='extend': n='+'
            if n: kw['nargs']=n
            if n=='?' and r.random()<.5: kw['const']='C'
            if r.random()<.3: kw['type']=int
            elif r.random()<.3: kw['choices']=['x','y','zz']
            if r.random()<.2: kw['metavar']='MV'
        if r.random()<.3: kw['default']=r.choice(['5',3,None,argparse.SUPPRESS])
        if r.random()<.6: kw['help']=r.choice(['help text %(default)s','a long help '*9,argparse.SUPPRESS,'%(prog)s %(dest)s'])
        t=r.choice(tgt)
        if r.random()<.2 and t is not tgt[-1]: kw['required']=True
        try: t.add_argument(*names,**kw); words+=names
        except Exception as e: log.append(type(e).__name__+str(e))
    for i in range(r.randrange(4)):
        kw={}
        n=r.choice([None,None,'?','*','+',2,'...'])
        if n: kw['nargs']=n
        if r.random()<.3: kw['type']=r.choice([int,float])
        if r.random()<.2: kw['choices']=r.choice(['abc',[1,2],range(3)])
        if r.random()<.3: kw['default']='9'
        if r.random()<.6: kw['help']='pos help'
        if r.random()<.1: kw['metavar']=r.choice(['POS',('A','B')])
        try: p.add_argument('pos%d'%i,**kw)
        except Exception as e: log.append(type(e).__name__+str(e))
    if r.random()<.25:
        sp=p.add_subparsers(dest='cmd',required=r.random()<.5,title=r.choice([None,'cmds']))if r.random()<.5 else p.add_subparsers()
        x=sp.add_parser('run',help='runs',aliases=['r']); x.add_argument('--fast',action='store_true'); x.add_argument('what',nargs='?')
        sp.add_parser('stop',description='stops')
        words+=['run','r','stop','--fast']
    for f in (p.format_help,p.format_usage):
        try: log.append(f())
        except Exception as e: log.append(type(e).__name__+str(e))
    for k in range(6):
        argv=[]
        for j in range(r.randrange(6)):
            w=r.choice(words+['1','x','zz','-1','--','2.5','','-q','--al','--opt','a b','-','3','--no-alpha'])
            if w.startswith('--') and r.random()<.2: w+='='+r.choice(['1','x',''])
            elif w.startswith('-') and r.random()<.15: w+=r.choice('abcdx1=')
            argv.append(w)
        o,e=io.StringIO(),io.StringIO()
        for f in (p.parse_args,p.parse_known_args,p.parse_intermixed_args):
            with contextlib.redirect_stderr(e), contextlib.redirect_stdout(o):
                try: log.append(repr(argv)+' '+repr(f(argv)))
                except SystemExit as x: log.append(repr(argv)+' exit %s'%x)
                except Exception as x: log.append(repr(argv)+type(x).__name__+str(x))
        log.append(o.getvalue()+e.getvalue())
    return log
for i in range(N):
    print('#',i)
    try:
        for l in one(): print(l)
    except Exception as e: print(repr(e))
