# The same JSON from Flask; by Werkzeug's server, or (under Krait, with "web") by module web.
import logging
import sys

from flask import Flask

logging.getLogger("werkzeug").setLevel(logging.ERROR)
app = Flask(__name__)


@app.route("/json")
def json():
    return {"sensor": "greenhouse", "values": [21.5, 48.25, 1013.2], "ok": True}


if "web" in sys.argv:
    import web

    web.run(web.wsgi.app(app), port=int(sys.argv[1]))
else:
    app.run(port=int(sys.argv[1]), threaded=True)
