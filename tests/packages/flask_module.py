# Flask: routes, parameters, json, templates, cookies and sessions, errors, files, and the real server of werkzeug.
import io
import logging
import threading
import urllib.request

import flask
from werkzeug.serving import make_server

app = flask.Flask("app")
app.secret_key = "secret"


@app.route("/")
def index():
    return "Hello, grüße!"


@app.get("/item/<int:number>")
def item(number):
    return {"number": number, "args": flask.request.args.to_dict(), "url": flask.url_for("item", number=number + 1)}


@app.post("/form")
def form():
    file = flask.request.files.get("f")
    return flask.jsonify(fields=flask.request.form.to_dict(flat=False), file=file and [file.filename, file.read().decode(), file.mimetype])


@app.post("/json")
def echo():
    return flask.request.get_json(), 201, {"X-Kind": flask.request.mimetype}


@app.route("/page")
def page():
    return flask.render_template_string("{% for i in items %}<b>{{ i }}</b>{% endfor %}", items=["<a>", 2])


@app.route("/count")
def count():
    flask.session["n"] = flask.session.get("n", 0) + 1
    response = flask.make_response(str(flask.session["n"]))
    response.set_cookie("seen", "yes", max_age=60)
    return response


@app.route("/go")
def go():
    return flask.redirect(flask.url_for("index"))


@app.route("/stream")
def stream():
    return flask.Response((f"{i}\n" for i in range(3)), mimetype="text/plain")


@app.route("/broken")
def broken():
    flask.abort(418)


@app.errorhandler(404)
def missing(error):
    return f"nothing here: {error.code}", 404


@app.before_request
def before():
    flask.g.path = flask.request.path


with app.test_client() as client:
    for path in "/", "/item/7?a=1&b=%C3%BC", "/page", "/stream", "/go", "/nothing", "/item/x":
        r = client.get(path)
        print(r.status, r.mimetype, r.get_data(as_text=True).strip()[:200], r.headers.get("Location"))
    print(client.post("/form", data={"a": ["1", "2"], "f": (io.BytesIO(b"inside"), "name.txt")}).json)
    r = client.post("/json", json={"k": [1, None, "ä"]})
    print(r.status_code, r.json, r.headers["X-Kind"])
    print([client.get("/count").text for _ in range(3)], client.get("/count").headers.getlist("Set-Cookie")[0].split(";")[0])
    print(client.get("/broken").status, client.put("/").status, sorted(client.options("/item/1").allow))
    print(client.post("/json", data="{bad", content_type="application/json").status)

logging.getLogger("werkzeug").setLevel(logging.ERROR)
server = make_server("127.0.0.1", 0, app, threaded=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
with urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/item/1?q=2") as r:
    print(r.status, r.read().decode().strip())
server.shutdown()
