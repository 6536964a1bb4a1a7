# subprocess: runs of programs, and how they end.
import subprocess, sys
print(subprocess.run(["echo","hi"],capture_output=True))
print(subprocess.check_output("echo $HOME; exit 0", shell=True, text=True, env={"HOME":"/x"}))
try: subprocess.run(["false"],check=True)
except subprocess.CalledProcessError as e: print(e)
try: subprocess.run(["nonexist"])
except FileNotFoundError as e: print(e)
try: subprocess.run(["ls"],cwd="/nonexist")
except FileNotFoundError as e: print(e)
p=subprocess.Popen(["cat"],stdin=-1,stdout=-1,text=True); print(p.communicate("hello"*30000)[0]=="hello"*30000, p.returncode)
p=subprocess.Popen(["sleep","5"]); p.terminate(); print(p.wait())
print(subprocess.getstatusoutput("echo a; exit 3"))
print(subprocess.run([sys.executable,"-c","print(1+1)"],capture_output=True,text=True).stdout)
def pre(): import os; os.environ["A"]="1"; os.write(1,b"pre\n")
print(subprocess.run(["echo","x"],preexec_fn=pre,capture_output=True).stdout)
def bad(): 1/0
try: subprocess.run(["echo","x"],preexec_fn=bad)
except subprocess.SubprocessError as e: print(e)
