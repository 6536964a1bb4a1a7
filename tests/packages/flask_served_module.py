# Debian's Flask, served by Krait's server and by Werkzeug's: the same answers.
import asyncio
import logging
import sys
import threading

import flask

if sys.implementation.name == "krait":
    import web

logging.disable(logging.CRITICAL)
app = flask.Flask(__name__)
app.secret_key = b"for this test"


@app.route("/")
def index():
    return flask.render_template_string("<p>{{ name }} {% for i in range(3) %}{{ i }}{% endfor %}</p>", name="<Flask>")


@app.route("/json", methods=["GET", "POST"])
def json():
    return {"args": flask.request.args, "json": flask.request.get_json(silent=True), "agent": flask.request.headers.get("X-Agent")}


@app.route("/form", methods=["POST"])
def form():
    upload = flask.request.files.get("file")
    return flask.jsonify(fields=flask.request.form, file=upload and [upload.filename, len(upload.read())])


@app.route("/user/<name>/<int:number>")
def user(name, number):
    return flask.url_for("user", name=name, number=number + 1, _external=False)


@app.route("/session")
def session():
    flask.session["seen"] = flask.session.get("seen", 0) + 1
    return str(flask.session["seen"])


@app.route("/stream")
def stream():
    return flask.Response((f"line {i}\n" for i in range(5)), mimetype="text/plain")


@app.route("/away")
def away():
    return flask.redirect("/json?from=away")


@app.route("/fail")
def fail():
    raise ZeroDivisionError


@app.errorhandler(404)
def missing(error):
    return "nothing here: " + flask.request.path, 404


BOUNDARY = "----B"
UPLOAD = (f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="f.txt"\r\n'
          f"Content-Type: text/plain\r\n\r\nhello\r\n--{BOUNDARY}--\r\n").encode()
ASKED = [("GET", "/", {}, None), ("GET", "/json?a=1&b=%C3%A4", {"X-Agent": "me"}, None), ("POST", "/json", {"Content-Type": "application/json"}, b'{"k": [1, 2]}'),
         ("POST", "/form", {"Content-Type": "application/x-www-form-urlencoded"}, b"a=1&b=2"),
         ("POST", "/form", {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}, UPLOAD), ("GET", "/user/J%C3%B6rg/7", {}, None),
         ("GET", "/session", {}, None), ("GET", "/stream", {}, None), ("GET", "/away", {}, None), ("GET", "/fail", {}, None), ("GET", "/none", {}, None),
         ("PUT", "/json", {}, b""), ("OPTIONS", "/json", {}, None), ("HEAD", "/", {}, None)]


def ask(port):
    import http.client

    answers = []
    for method, path, fields, body in ASKED:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request(method, path, body, fields)
        answer = connection.getresponse()
        kept = {k.lower(): v for k, v in answer.getheaders() if k.lower() in ("content-type", "location", "allow", "vary")}
        if "allow" in kept:
            kept["allow"] = sorted(kept["allow"].split(", "))
        if cookie := answer.getheader("Set-Cookie"):
            kept["cookie"] = cookie.partition("=")[0] + cookie[cookie.index(";"):]
        answers.append((method, path, answer.status, sorted(kept.items()), answer.read()))
        connection.close()
    return answers


def by_werkzeug():
    from werkzeug.serving import make_server

    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        return ask(server.server_port)
    finally:
        server.shutdown()
        thread.join()


async def by_web():
    async with web.Server(web.wsgi.app(app), port=0) as server:
        return await asyncio.to_thread(ask, server.port)


expected = by_werkzeug()
for answer in expected:
    print(*answer)
if sys.implementation.name == "krait":
    for one, other in zip(expected, asyncio.run(by_web()), strict=True):
        if one != other:
            print("differs:", other)
