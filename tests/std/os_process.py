# os: processes: fork, exec, spawn, wait, identity.
import os
import signal
import sys


def shown(f, *args, **kwargs):
    try:
        return f(*args, **kwargs)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


def child(function):
    """What function writes to its standard output in a child, and the status."""
    sys.stdout.flush()
    r, w = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            os.dup2(w, 1)
            function()
        finally:
            os._exit(99)
    os.close(w)
    out = b""
    while data := os.read(r, 1000):
        out += data
    os.close(r)
    done, status = os.waitpid(pid, 0)
    return out, done == pid, os.waitstatus_to_exitcode(status)


print("-- fork and exec")
print(child(lambda: os._exit(3)))
print(child(lambda: os.execv("/bin/sh", ["sh", "-c", "echo hi; exit 4"])))
print(child(lambda: os.execve("/bin/sh", ["sh", "-c", "echo $A$B"], {"A": "1", "B": "\xe9"})))
print(child(lambda: os.execvp("echo", ["echo", "found"])), child(lambda: os.execlp("sh", "sh", "-c", "exit 5")))
print(child(lambda: os.execlpe("sh", "sh", "-c", "echo $X", {"X": "y", "PATH": "/bin:/usr/bin"})))
print(child(lambda: os.kill(os.getpid(), signal.SIGKILL)))
print(shown(os.execv, "/nowhere", ["x"]), shown(os.execv, "/bin/sh", "x"), shown(os.execv, "/bin/sh", []), shown(os.execv, "/bin/sh", [""]),
      shown(os.execvp, "no-such-program", ["x"]), shown(os.execve, "/bin/sh", ["sh"], 7))

print("-- spawn")
print(os.spawnl(os.P_WAIT, "/bin/sh", "sh", "-c", "exit 6"), os.spawnvp(os.P_WAIT, "sh", ["sh", "-c", "exit 7"]), os.spawnve(os.P_WAIT, "/bin/sh", ["sh", "-c", "exit $N"], {"N": "8"}))
pid = os.spawnv(os.P_NOWAIT, "/bin/sh", ["sh", "-c", "exit 9"])
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), os.spawnv(os.P_WAIT, "/nowhere", ["x"]), shown(os.spawnv, os.P_WAIT, "/bin/sh", []))
pid = os.posix_spawn("/bin/sh", ["sh", "-c", "exit 10"], os.environ)
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), shown(os.posix_spawn, "/nowhere", ["x"], {}), shown(os.posix_spawn, "/bin/sh", [], {}))
r, w = os.pipe()
pid = os.posix_spawnp("echo", ["echo", "spawned"], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, w, 1), (os.POSIX_SPAWN_CLOSE, r)])
os.close(w)
print(os.waitpid(pid, 0)[1], os.read(r, 100), os.close(r), os.system("exit 11") >> 8)

print("-- waiting")
pid = os.fork()
if not pid:
    os._exit(1)
info = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
print(info.si_pid == pid, info.si_signo == signal.SIGCHLD, info.si_status, info.si_code == os.CLD_EXITED, os.wait()[1], shown(os.waitpid, pid, 0))
pid = os.fork()
if not pid:
    signal.pause() if hasattr(signal, "pause") else os._exit(0)
print(os.waitpid(pid, os.WNOHANG), os.kill(pid, signal.SIGTERM))
status = os.waitpid(pid, 0)[1]
print(os.WIFSIGNALED(status), os.WTERMSIG(status), os.WIFEXITED(status), os.WIFSTOPPED(status), os.WCOREDUMP(status), os.waitstatus_to_exitcode(status))
for status in (0, 256, 15, 0x137F, 0xFFFF, 0x8B):
    print(status, os.WIFEXITED(status), os.WEXITSTATUS(status), os.WIFSTOPPED(status), os.WSTOPSIG(status), os.WIFCONTINUED(status), shown(os.waitstatus_to_exitcode, status))
print(shown(os.kill, 2**30, 0), shown(os.waitstatus_to_exitcode, 1.5), shown(os.waitpid, -1, 0))

print("-- around fork")
order = []
os.register_at_fork(before=lambda: order.append("before 1"), after_in_parent=lambda: order.append("parent"), after_in_child=lambda: order.append("child"))
os.register_at_fork(before=lambda: order.append("before 2"))
print(child(lambda: (os.write(1, repr(order).encode()), os._exit(0))), order, shown(os.register_at_fork), shown(os.register_at_fork, before=7))

print("-- identity")
print(os.getpid() > 0, os.getppid() >= 0, os.getuid() == os.geteuid(), os.getgid() == os.getegid(), os.getresuid()[0] == os.getuid(), os.getpgrp() == os.getpgid(0), os.getsid(0) >= 0)
print(isinstance(os.getgroups(), list), len(os.times()), type(os.times()).__name__, type(os.uname()).__name__, os.uname().sysname, os.uname()[0], len(os.getloadavg()), os.getpriority(os.PRIO_PROCESS, 0) == os.nice(0))
print(os.cpu_count() > 0, os.process_cpu_count() == len(os.sched_getaffinity(0)), os.sched_yield(), os.sched_getscheduler(0) == os.SCHED_OTHER, os.ctermid())
print(os.times_result((1, 2, 3, 4, 5)), os.uname_result("abcde"), shown(os.uname_result, "abc"), os.terminal_size((80, 24)))
