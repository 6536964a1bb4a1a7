"""Names without DNS: numeric addresses with scopes, services, protocols, flags, errors."""

import socket


def c(f,*a,**k):
    try: return f(*a,**k)
    except Exception as e: return type(e).__name__, e.args
for a in [("a..b",80),("",80),(None,None),(None,80),("127.0.0.1",None),("127.0.0.1","http"),("::1","http"),("127.1",80),("0x7f.1",80),("1",80),("fe80::1%lo",80),("fe80::1%1",80),("127.0.0.1",99999),("127.0.0.1",-1),("127.0.0.1","99999"),("127.0.0.1","-1"),("127.0.0.1"," 80"),("127.0.0.1","80x"),("127.0.0.1",""),("a"*64,80),("a."*130,80),("127.0.0.1","nope"),(b"127.0.0.1",b"80"),("::ffff:1.2.3.4",80),(1,80),("127.0.0.1",1.5),("127.0.0.1",2**70),(bytearray(b"localhost"),80)]:
    print(a if len(str(a))<80 else str(a)[:80], c(socket.getaddrinfo,*a))
print('----')
for a in [("127.0.0.1",80,99),("127.0.0.1",80,0,99),("127.0.0.1",80,0,0,99),("127.0.0.1",80,0,0,6),("127.0.0.1",80,0,0,17),("127.0.0.1",80,0,1,17),("127.0.0.1",80,0,0,0,0x10000000),("::1",80,2),("127.0.0.1",80,10),("127.0.0.1",80,10,0,0,8),("127.0.0.1",80,10,0,0,8|16),(None,80,0,0,0,1),(None,80,0,1,0,1),(None,80,0,1,0,0),(None,80,0,1,0,2),("127.0.0.1",80,0,1,0,2),("localhost","http",0,1,0,1024),("localhost",80,0,1,0,4),("127.0.0.1","http",0,3),("127.0.0.1",80,0,3),("127.0.0.1",80,0,4),("127.0.0.1","domain",0,0),("127.0.0.1","ntp",0,1),("127.0.0.1","ntp",0,0),("127.0.0.1",80,0,2,136),("127.0.0.1",80,0,1,132),("127.0.0.1",None,0,3,255),("127.0.0.1","http",0,0,6),("127.0.0.1",80,1),("127.0.0.1",80,0,6),("127.0.0.1","http",0,6),("127.0.0.1",80,0,1,0,0x40),("127.0.0.1",80,0,10),
 ("::1",80,0,0,0,0x20),("127.0.0.1",80,0,0,0,0x20),("::1%1",80,0,1),("*","*"),("*",80,0,1),("127.0.0.1","*",0,1),("127.0.0.1","+80",0,1),("127.0.0.1",None,0,0,99),("127.0.0.1",None,0,3),(None,80,10,1),(None,80,2,1),("127.0.0.1","http",0,0,17),("127.0.0.1","80",0,1,0,1024),("127.0.0.1","1 ",0,1),("127.0.0.1",80,0,1,0,0x80),("127.0.0.1",80,0,1,0,0x800),("127.0.0.1",80,0,0,0,2),("1.2.3.4",80,10,1,0,24),("0",80,0,1),("fe80::1%4294967295",80,0,1),("fe80::1%4294967296",80,0,1),("ff02::1%lo",80,0,1),("0177.0.0.1",80,0,1)]:
    print(a, c(socket.getaddrinfo,*a))
for n,a in [("gethostbyname",("",)),("gethostbyname",("<broadcast>",)),("gethostbyname",("255.255.255.255",)),("gethostbyname",("::1",)),("gethostbyname",("127.1",)),("gethostbyname",("a..b",)),("gethostbyname",("a"*300,)),("gethostbyname",("a\0b",)),("gethostbyname",(1,)),
  ("gethostbyname_ex",("127.0.0.1",)),("gethostbyname_ex",("::1",)),("gethostbyname_ex",("",)),("gethostbyname_ex",("<broadcast>",)),
  ("gethostbyaddr",("",)),
  ("getnameinfo",(("127.0.0.1",80),3)),("getnameinfo",(("127.0.0.1",80),1)),("getnameinfo",(("::1",80,0,1),3)),("getnameinfo",(("fe80::1",80,0,1),3)),("getnameinfo",(("fe80::1%lo",80),3)),("getnameinfo",(("nosuch.invalid",80),3)),("getnameinfo",(("127.0.0.1","80"),3)),("getnameinfo",(("127.0.0.1",99999),3)),("getnameinfo",((),0)),("getnameinfo",("x",0)),("getnameinfo",(("127.0.0.1",80,1),3)),("getnameinfo",(("127.0.0.1",80),1000)),("getnameinfo",(("::1",80,2**21),3)),("getnameinfo",((b"127.0.0.1",80),3)),
  ("getservbyname",("http",)),("getservbyname",("http","tcp")),("getservbyname",("http","udp")),("getservbyname",("www",)),("getservbyname",("ntp",)),("getservbyname",("domain","udp")),("getservbyport",(80,)),("getservbyport",(80,"udp")),("getservbyport",(53,"udp")),("getservbyport",(64000,)),("getprotobyname",("tcp",)),("getprotobyname",("ICMP",)),("getprotobyname",("ipv6-icmp",)),("getprotobyname",("nope",)),("getprotobyname",("TCP",)),("getprotobyname",("tCp",)),("getservbyport",(-1,)),("getservbyport",(70000,)),("getservbyname",(1,)),("getservbyname",("http",1)),
]:
    print(n,str(a)[:60], c(getattr(socket,n),*a))
s=socket.socket()
for h in ["a..b","","::1","a b",bytearray(b"127.0.0.1"),1,"a\0b","x"*70,"x"*300]:
    print(repr(h)[:30], c(s.connect,(h,1)))
