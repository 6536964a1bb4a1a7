"""This machine's half of `krait remote mount`: shows a folder to the board, which asks by messages in its output (device.py says how)."""

import errno
import os
import stat

from _remote.device import pack, unpack
from _remote.link import RemoteError
from _remote.program import can_check

_MARK = b"\x1c"
_MOST = 1 << 20  # bytes of a message
_READ = 16384
_KEPT = 8  # answers
_LONGEST = 120  # bytes of a name that the firmware has room for
_FLAGS = {"r": os.O_RDONLY, "r+": os.O_RDWR, "w": os.O_WRONLY | os.O_CREAT | os.O_TRUNC, "w+": os.O_RDWR | os.O_CREAT | os.O_TRUNC,
          "a": os.O_WRONLY | os.O_CREAT | os.O_APPEND, "a+": os.O_RDWR | os.O_CREAT | os.O_APPEND, "x": os.O_WRONLY | os.O_CREAT | os.O_EXCL,
          "x+": os.O_RDWR | os.O_CREAT | os.O_EXCL}

# The board's half for MicroPython: the methods of its file systems, and of its streams (ioctl 4: close).
_BOARD = """
import os,io,sys,binascii
_mn=0
def _mq(*w):
 global _mn
 _mn+=1;b=repr((_mn,)+w).encode();n=0
 while n<9:
  sys.stdout.write('\\x1c'+str(binascii.b2a_base64(b'%08x'%(binascii.crc32(b)&0xffffffff)+b).strip(),'ascii')+'\\x1c');n+=1
  try:
   a=binascii.a2b_base64(sys.stdin.readline())
   if int(a[:8],16)==binascii.crc32(a[8:])&0xffffffff:
    i,k,v=eval(a[8:])
    if i==_mn:break
  except ValueError:pass
 else:raise OSError(5)
 if k=='E':raise OSError(v)
 return v
class _MF(io.IOBase):
 def __init__(s,p,m):
  s.t='b' not in m;s.n=_mq('open',p,m.replace('t','').replace('b','') or 'r');s.b=b'';s.o=1
 def _f(s,n):
  while n<0 or len(s.b)<n:
   d=_mq('read',s.n,128)
   if not d:break
   s.b+=d
  n=len(s.b) if n<0 else n
  d=s.b[:n];s.b=s.b[n:];return d
 def read(s,n=-1):
  d=s._f(n);return str(d,'utf-8') if s.t else d
 def readinto(s,b):
  d=s._f(len(b));b[:len(d)]=d;return len(d)
 def readline(s,n=-1):
  l=b''
  while 1:
   c=s._f(1);l+=c
   if not c or c==b'\\n':return str(l,'utf-8') if s.t else l
 def readlines(s):
  return list(s)
 def __iter__(s):return s
 def __next__(s):
  l=s.readline()
  if not l:raise StopIteration
  return l
 def write(s,d):
  d=d.encode() if isinstance(d,str) else bytes(d)
  for i in range(0,len(d),128):_mq('write',s.n,d[i:i+128])
  return len(d)
 def seek(s,o,w=0):
  if w==1:o-=len(s.b)
  s.b=b'';return _mq('seek',s.n,o,w)
 def tell(s):return _mq('seek',s.n,0,1)-len(s.b)
 def flush(s):pass
 def close(s):
  if s.o:s.o=0;_mq('close',s.n)
 def ioctl(s,r,a):
  if r==4:s.close()
  return 0
 def __enter__(s):return s
 def __exit__(s,*a):s.close()
class _MV:
 def __init__(s):s.c='/'
 def _p(s,p):return p if p[:1]=='/' else s.c+p
 def mount(s,r,m):pass
 def umount(s):pass
 def open(s,p,m):return _MF(s._p(p),m)
 def ilistdir(s,p):return iter(_mq('list',s._p(p)))
 def stat(s,p):return _mq('stat',s._p(p))
 def statvfs(s,p):return _mq('statvfs',s._p(p))
 def mkdir(s,p):_mq('mkdir',s._p(p))
 def rmdir(s,p):_mq('rmdir',s._p(p))
 def remove(s,p):_mq('remove',s._p(p))
 def rename(s,a,b):_mq('rename',s._p(a),s._p(b))
 def chdir(s,p):
  p=s._p(p)
  if _mq('stat',p)[0]&0xf000!=0x4000:raise OSError(20)
  s.c=p.rstrip('/')+'/'
 def getcwd(s):return s.c.rstrip('/') or '/'
try:os.chdir('/');os.umount('/remote')
except OSError:pass
os.mount(_MV(),'/remote');os.chdir('/remote')
"""

# For a Krait, for its firmware (ports/stm32f405/host_files.c), and for MicroPython: what tells that it is one, begins, and ends.
_WAYS = (("import _remote.device as _rd", "_rd.begin();del _rd", "import _remote.device;_remote.device.end()"),
         ("from _files import mount as _m", "import os,sys;_m(True);del _m;sys.path.append('/remote');os.chdir('/remote')",
          "import os,sys,_files;os.chdir('/');sys.path.remove('/remote');_files.mount(False)"),
         ("pass", _BOARD, "import os;os.chdir('/');os.umount('/remote')"))
# Bits that the firmware opens with (KR_OPEN_... of ports/port.h): 1 and 2 are reading and writing.
_APPEND = 4
_HOW = ((_APPEND, os.O_APPEND), (8, os.O_CREAT), (16, os.O_TRUNC), (32, os.O_EXCL))


class Mount:
    def __init__(self, folder: str) -> None:
        self._root = os.path.realpath(folder)
        self._open: dict[int, int] = {}  # numbers that the board has, and descriptors
        self._way = _WAYS[0]
        self._listed: list[tuple] = []  # what _do_entry() tells one by one
        self._said: dict[int, bytes] = {}  # answers to the last questions: one that was put again is not done again

    def begin(self, board) -> None:
        can_check(board)  # as long as nobody looks for modules in the folder
        for self._way in _WAYS:
            _, error = board.run(self._way[0], timeout=board.timeout)
            if not error:
                break
        _, error = board.run(self._way[1], timeout=board.timeout, filter=self.filter)
        if error:
            raise RemoteError("mount: " + error.decode("utf-8", "replace").strip().rpartition("\n")[2])

    def end(self, board) -> None:
        board.run(self._way[2], timeout=board.timeout, filter=self.filter)
        for fd in self._open.values():
            os.close(fd)
        self._open.clear()

    def filter(self, link, show):
        """A function that gets what the board sends, answers what is asked in it, and shows the rest."""
        rest = bytearray()

        def take(data: bytes) -> None:
            rest.extend(data)
            while rest:
                at = rest.find(_MARK)
                if at:
                    show(bytes(rest[:at] if at > 0 else rest))
                    del rest[:at if at > 0 else len(rest)]
                    continue
                end = rest.find(_MARK, 1)
                if end < 0 and len(rest) <= _MOST:
                    return
                try:
                    number, name, *arguments = unpack(bytes(rest[1:end]) if end > 0 else b"")
                except (ValueError, TypeError):  # output with such a byte, or a damaged message, which will come again
                    show(bytes(rest[:1]))
                    del rest[:1]
                    continue
                del rest[:end + 1]
                if number not in self._said:
                    self._said[number] = self._answer(number, name, arguments)
                    self._said.pop(number - _KEPT, None)
                link.write(self._said[number])

        return take

    def _answer(self, number: int, name: str, arguments: list) -> bytes:
        try:
            value = number, "R", getattr(self, "_do_" + name)(*arguments)
        except OSError as e:
            value = number, "E", e.errno or errno.EIO
        except (ValueError, TypeError, AttributeError, KeyError, MemoryError):
            value = number, "E", errno.EINVAL
        return pack(value) + b"\r"

    # ---- What a board may ask ----------------------------------------------------------------------------------------------------

    def _path(self, path: str) -> str:
        """Nothing outside the folder, whatever links lead there."""
        real = os.path.realpath(os.path.join(self._root, path.lstrip("/")))
        if real != self._root and not real.startswith(self._root.rstrip("/") + "/"):
            raise OSError(errno.EACCES, "outside", path)
        return real

    def _do_stat(self, path: str) -> tuple:
        return tuple(int(n) for n in tuple(os.stat(self._path(path)))[:10])

    def _do_statvfs(self, path: str) -> tuple:
        return tuple(os.statvfs(self._path(path)))[:10]

    def _do_list(self, path: str) -> list[tuple]:
        out = []
        for entry in os.scandir(self._path(path)):
            folder = entry.is_dir()
            out.append((entry.name, stat.S_IFDIR if folder else stat.S_IFREG, 0, 0 if folder else entry.stat(follow_symlinks=False).st_size))
        return out

    def _do_folder(self, path: str) -> None:
        self._listed = [entry for entry in self._do_list(path) if len(os.fsencode(entry[0])) <= _LONGEST]

    def _do_entry(self, index: int) -> tuple:
        if index >= len(self._listed):
            raise OSError(errno.ENOENT, "the end")
        name, kind, _, size = self._listed[index]
        return name, kind >> 12, size

    def _do_open(self, path: str, mode: str | int) -> int:
        real = self._path(path)
        if os.path.isdir(real):
            raise OSError(errno.EISDIR, "a folder", path)
        if isinstance(mode, int):
            writes = mode & (_APPEND | 2)
            flags = os.O_RDONLY if not writes else os.O_RDWR if mode & 1 else os.O_WRONLY
            for bit, flag in _HOW:
                flags |= flag if mode & bit else 0
        else:
            flags = _FLAGS["".join(sorted(mode, key="rwax+".index))]
        fd = os.open(real, flags | os.O_NONBLOCK | os.O_CLOEXEC, 0o666)
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            os.close(fd)
            raise OSError(errno.EACCES, "no plain file", path)
        number = max(self._open, default=0) + 1
        self._open[number] = fd
        return number

    def _do_read(self, number: int, size: int) -> bytes:
        return os.read(self._open[number], min(size, _READ))

    def _do_write(self, number: int, data: bytes) -> int:
        return os.write(self._open[number], data)

    def _do_seek(self, number: int, offset: int, whence: int) -> int:
        return os.lseek(self._open[number], offset, whence)

    def _do_truncate(self, number: int, size: int) -> int:
        os.ftruncate(self._open[number], size)
        return size

    def _do_close(self, number: int) -> None:
        os.close(self._open.pop(number))

    def _do_mkdir(self, path: str) -> None:
        os.mkdir(self._path(path))

    def _do_rmdir(self, path: str) -> None:
        os.rmdir(self._path(path))

    def _do_remove(self, path: str) -> None:
        os.remove(self._path(path))

    def _do_rename(self, old: str, new: str) -> None:
        os.rename(self._path(old), self._path(new))
