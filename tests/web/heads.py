# Heads and chunks of HTTP/1.1.
import _http
r=_http.read_request
print(r(b"GET /a?b=1 HTTP/1.1\r\nHost: x\r\nAccept: a\r\naccept: b\r\nContent-Length: 5\r\n\r\nhello"))
print(r(b"GET / HTTP/1.1\r\nHost: x\r\n"))
for bad in [b"GET / HTTP/1.1\n\n", b"GET /\r\n\r\n", b"GET / HTTP/2.0\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", b"GET / HTTP/1.1\r\nHost : a\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n", b"G\x00T / HTTP/1.1\r\n\r\n", b"GET /"+b"a"*9000, b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\n",b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5, 5\r\n\r\n"]:
    try: print(r(bad))
    except ValueError as e: print(e.args)
print(_http.read_response(b"HTTP/1.0 200 OK\nA: b\n c\nSet-Cookie: x=1\r\nSet-Cookie: y\r\n\r\n"))
c=_http.Chunks()
data=b"5;x=y\r\nhello\r\n6\r\n world\r\n0\r\nTr: a\r\n\r\nGET"
out=b""; 
for i in range(len(data)):
    d,e=c.feed(data[i:i+1]); out+=d
    if c.done: print(i,e); break
print(out, data[i+1:])
print(_http.make_head("HTTP/1.1 200 OK", [("A","b"),("c","é")]))
for bad in [("a b","c"),("a","b\r\nc"),("","x"),("a","\u20ac")]:
    try: print(_http.make_head("x",[bad]))
    except ValueError as e: print(e)
