# fcntl, termios, tty, pty, resource, syslog: files, terminals and limits of the system.
import errno
import fcntl
import os
import pty
import resource
import syslog
import tempfile
import termios
import tty


def show(function, *args):
    try:
        print(function.__name__, function(*args))
    except Exception as e:
        print(function.__name__, type(e).__module__, type(e).__name__, e)


# ---- fcntl ----
file = tempfile.TemporaryFile()
fd = file.fileno()
print(fcntl.fcntl(fd, fcntl.F_GETFD) == fcntl.FD_CLOEXEC, fcntl.fcntl(file, fcntl.F_SETFD, 0), fcntl.fcntl(fd, fcntl.F_GETFD))
show(fcntl.fcntl, fd, fcntl.F_GETFL, "x" * 1025)
show(fcntl.fcntl, "x", 1)
show(fcntl.fcntl, 0, 1, [])
show(fcntl.fcntl, 0, "x")
show(fcntl.fcntl, 999, 1)
show(fcntl.fcntl, -1, 1)
show(fcntl.fcntl, 0, 1 << 33)
show(fcntl.fcntl, fd, 1, 1 << 33)
show(fcntl.fcntl, fd, 1, -1)
show(fcntl.fcntl, fd, 1, 1 << 70)
show(fcntl.fcntl, fd, 1, 1.5)
show(fcntl.lockf, fd, 0)
show(fcntl.flock, fd, 64)
show(fcntl.lockf, fd, 1, "x")
show(fcntl.lockf, fd, fcntl.LOCK_EX | fcntl.LOCK_NB, 10, 5, os.SEEK_SET)
show(fcntl.lockf, fd, fcntl.LOCK_UN)
show(fcntl.flock, file, fcntl.LOCK_SH | fcntl.LOCK_NB)
other = os.open(f"/proc/self/fd/{fd}", os.O_RDONLY)
show(fcntl.flock, other, fcntl.LOCK_EX | fcntl.LOCK_NB)
show(fcntl.flock, file, fcntl.LOCK_UN)
show(fcntl.flock, other, fcntl.LOCK_EX | fcntl.LOCK_NB)
reader, writer = os.pipe()
os.write(writer, b"abc")
room = bytearray(4)
print(fcntl.ioctl(reader, termios.FIONREAD, room), room[0], fcntl.ioctl(reader, termios.FIONREAD, bytes(4))[0], fcntl.ioctl(reader, termios.FIONREAD, room, False)[0])

# ---- termios ----
master, slave = os.openpty()
attributes = termios.tcgetattr(slave)
print(len(attributes), len(attributes[6]) == termios.NCCS, attributes[6][termios.VINTR], attributes[4] == termios.B38400)
show(termios.tcsetattr, slave, 0, [1])
show(termios.tcsetattr, slave, 0, (1,) * 7)
show(termios.tcsetattr, slave, 0, [1, 2, 3, 4, 5, 6, [1]])
for place, value in ((0, "x"), (0, 1 << 70), (4, 12345), (6, ["x"] + attributes[6][1:]), (6, [b"xx"] + attributes[6][1:])):
    changed = list(attributes)
    changed[place] = value
    show(termios.tcsetattr, slave, 0, changed)
show(termios.tcsetattr, slave, 9, attributes)
show(termios.tcsetattr, slave, "x", attributes)
show(termios.tcgetattr, "x")
show(termios.tcgetattr, -1)
show(termios.tcgetattr, 999)
show(termios.tcgetattr, fd)
show(termios.tcflow, slave, 9)
show(termios.tcflush, slave, termios.TCIOFLUSH)
show(termios.tcdrain, slave)
show(termios.tcsendbreak, slave, 0)
show(termios.tcsetwinsize, slave, (24, 80))
show(termios.tcgetwinsize, slave)
print(fcntl.ioctl(slave, termios.TIOCGWINSZ, b"12345678"), fcntl.ioctl(slave, termios.TIOCGWINSZ, "x" * 8))
for size in ((1,), 5, (70000, 2), ("a", 2)):
    show(termios.tcsetwinsize, slave, size)
try:
    termios.tcgetattr(fd)
except termios.error as e:
    print(e.args == (errno.ENOTTY, os.strerror(errno.ENOTTY)), termios.error.__mro__[1])

# ---- tty ----
before = tty.setraw(slave)
raw = termios.tcgetattr(slave)
print(before == attributes, raw[tty.LFLAG] & (termios.ICANON | termios.ECHO | termios.ISIG), raw[tty.IFLAG] & termios.ICRNL,
      raw[tty.OFLAG] & termios.OPOST, raw[tty.CC][termios.VMIN], raw[tty.CC][termios.VTIME])
os.write(master, b"\r\x03x")
print(os.read(slave, 10))
tty.setcbreak(slave, termios.TCSANOW)
print(bool(termios.tcgetattr(slave)[tty.LFLAG] & termios.ISIG) == bool(raw[tty.LFLAG] & termios.ISIG))
mode = list(attributes)
tty.cfmakecbreak(mode)
print(mode[tty.LFLAG] == attributes[tty.LFLAG] & ~(termios.ECHO | termios.ICANON), mode[tty.CC][termios.VMIN], attributes[6][termios.VMIN])
termios.tcsetattr(slave, termios.TCSANOW, attributes)
print(tty.__all__)

# ---- pty ----
process, terminal = pty.fork()
if process == 0:
    os.write(1, b"%d %d" % (os.isatty(0), os.getsid(0) == os.getpid()))
    os._exit(3)
print(os.read(terminal, 100), os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))
heard = []


def hear(fd):
    data = os.read(fd, 100)
    heard.append(data)
    return b""


print(os.waitstatus_to_exitcode(pty.spawn(["true"], hear)), pty.__all__)
os.close(terminal)

# ---- resource ----
soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
print(resource.getrlimit(resource.RLIMIT_CORE)[0], resource.prlimit(0, resource.RLIMIT_CORE, (0, hard))[0], resource.RLIM_INFINITY)
show(resource.getrlimit, 999)
show(resource.getrlimit, "x")
show(resource.setrlimit, 7, (1,))
show(resource.setrlimit, 7, 5)
show(resource.setrlimit, 7, ("a", 2))
show(resource.setrlimit, 7, (10, 5))
show(resource.setrlimit, -1, (1, 1))
show(resource.prlimit, -1, 7)
show(resource.getrusage, 99)
usage = resource.getrusage(resource.RUSAGE_SELF)
print(type(usage), len(usage), usage.ru_utime == usage[0], usage.ru_maxrss > 100, resource.getpagesize() >= 4096, resource.error)

# ---- syslog ----
print(syslog.LOG_MASK(3), syslog.LOG_UPTO(3), syslog.LOG_ERR, syslog.LOG_USER, syslog.setlogmask(syslog.LOG_UPTO(syslog.LOG_ERR)))
syslog.openlog("krait-test", syslog.LOG_PID, syslog.LOG_DAEMON)
syslog.syslog("a message")
syslog.syslog(syslog.LOG_DEBUG, "another")
syslog.closelog()
show(syslog.syslog, 3)
show(syslog.syslog, "a\0b")
show(syslog.syslog)
