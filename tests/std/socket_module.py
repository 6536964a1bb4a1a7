# socket: streams, datagrams, local sockets, timeouts, files, addresses, errors.
import socket, threading, time, os, array
def caught(f,*a,**k):
    try: return f(*a,**k)
    except Exception as e: return f"{type(e).__name__}: {e}"
s=socket.create_server(("127.0.0.1",0)); port=s.getsockname()[1]
print(s.family, s.type, s.proto, s.gettimeout(), s.getblocking())
def serve():
    c,a=s.accept()
    with c:
        f=c.makefile("rw")
        with f:
          for line in f:
            f.write(line.upper()); f.flush()
t=threading.Thread(target=serve); t.start()
c=socket.create_connection(("localhost",port), timeout=5)
c.sendall(b"hello\nworld\n")
got=b""
while len(got)<12: got+=c.recv(100)
print(got, c.gettimeout())
c.shutdown(socket.SHUT_WR); print(c.recv(10)); c.close(); t.join()
print(c, caught(c.send,b"x"))
s.settimeout(0.05); t0=time.time(); print(caught(s.accept), 0.04<time.time()-t0<1)
s.setblocking(False); print(caught(s.accept)); s.close()
a,b=socket.socketpair(); print(a.family, caught(a.send,"x"))
th=threading.Thread(target=lambda: a.sendall(b"x"*300000)); th.start()
n=0
while n<300000: n+=len(b.recv(65536))
th.join(); print(n)
buf=bytearray(10); a.send(b"abcdef"); print(b.recv_into(buf), buf)
r,w=os.pipe(); socket.send_fds(a,[b"fd"],[w]); msg,fds,fl,ad=socket.recv_fds(b,10,4); print(msg,len(fds)); os.write(fds[0],b"through"); print(os.read(r,10))
print(b.recvmsg(1) if a.send(b"z") else 0)
b.settimeout(0.02); print(caught(b.recv,1)); a.close(); print(b.recv(5)); b.close()
u=socket.socket(socket.AF_INET,socket.SOCK_DGRAM); u.bind(("127.0.0.1",0)); v=socket.socket(socket.AF_INET,socket.SOCK_DGRAM)
print(v.sendto(b"dgram",u.getsockname())); d,who=u.recvfrom(100); print(d, who[0]); print(v.sendto(b"d2",0,u.getsockname()), u.recv(9))
u.setsockopt(socket.SOL_SOCKET,socket.SO_BROADCAST,1); print(u.getsockopt(socket.SOL_SOCKET,socket.SO_BROADCAST), len(u.getsockopt(socket.SOL_SOCKET,socket.SO_BROADCAST,4)))
u.close(); v.close()
for fam,text in ((socket.AF_INET,"1.2.3.4"),(socket.AF_INET,"1.2.3"),(socket.AF_INET,"256.1.1.1"),(socket.AF_INET,"01.2.3.4"),(socket.AF_INET6,"::"),(socket.AF_INET6,"::1"),(socket.AF_INET6,"1::"),(socket.AF_INET6,"1:2:3:4:5:6:7:8"),(socket.AF_INET6,"1::8::9"),(socket.AF_INET6,"::ffff:1.2.3.4"),(socket.AF_INET6,"1:2:3:4:5:6:1.2.3.4"),(socket.AF_INET6,"1:2:3:4:5:6:7:8:9"),(socket.AF_INET6,":1::"),(socket.AF_INET6,"1:"),(socket.AF_INET6,"abcd:ef01::"),(socket.AF_INET6,"12345::"),(socket.AF_INET6,"fe80::1%lo")):
    x=caught(socket.inet_pton,fam,text); print(text, x, caught(socket.inet_ntop,fam,x) if isinstance(x,bytes) else "")
for text in ("1.2.3.4","127.1","0x7f.1","010.1.1.1","1","1.2.3.4.5","a","256.1","1.2.3.256",""): print(text, caught(socket.inet_aton,text))
print(socket.inet_ntoa(b"\1\2\3\4"), caught(socket.inet_ntoa,b"1"), socket.htons(1), socket.ntohl(1), caught(socket.htons,70000), caught(socket.htons,-1))
print(socket.getaddrinfo("127.0.0.1",80,type=socket.SOCK_STREAM), caught(socket.getaddrinfo,"no.such.host.invalid",1).split(":")[0])
print(socket.getservbyname("http"), socket.getservbyport(22), socket.getprotobyname("tcp"), caught(socket.getservbyname,"nope"))
print(caught(socket.socket,socket.AF_INET,99), caught(s.connect,("127.0.0.1",1)).split("]")[0])
x=socket.socket(); print(caught(x.connect,("127.0.0.1",1)), x.connect_ex(("127.0.0.1",1)), caught(x.connect,"x"), caught(x.bind,("127.0.0.1",99999)), caught(x.connect,("127.0.0.1","x")))
print(caught(x.settimeout,-1), caught(x.settimeout,float("nan")), caught(x.makefile,"x"), x.fileno()>=0); x.close(); print(x.fileno())
p="/tmp/krait-test-%d.sock"%os.getpid()
l=socket.socket(socket.AF_UNIX); l.bind(p); l.listen(); k=socket.socket(socket.AF_UNIX); k.connect(p); m,_=l.accept(); k.send(b"unix"); print(m.recv(9), l.getsockname()==p, k.getpeername()==p, repr(k.getsockname()))
[q.close() for q in (l,k,m)]; os.unlink(p)
print(socket.CMSG_LEN(4), socket.CMSG_SPACE(4), socket.AF_INET6, socket.MSG_PEEK, socket.gethostbyname("127.0.0.1"))

# ---- Addresses that are none
with socket.socket() as s:
    for address in ("a",), ("a", "b"), (1, 2), ("127.0.0.1", 70000):
        for method in s.connect, s.bind:
            try:
                method(address)
            except (TypeError, OverflowError) as e:
                print(type(e).__name__, e)
