"""_receive_http.py PORT STORE - the receiver of the HTTP link: what is posted goes into a store before the answer."""
# SPDX-License-Identifier: MIT
import http.server
import os
import sys

import pipeline
import store

FORGETS = os.environ.get("DURABILITY_PLANT") == "key"
unanswered = []
target = store.Store(sys.argv[2])


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        body = self.rfile.read(length)
        if len(body) == length:  # else the sender was killed
            items = pipeline.decode(body)
            if FORGETS:
                for item in items:
                    item.stream = os.urandom(4).hex()
            target.add_records(items)
            if FORGETS and not unanswered:
                unanswered.append(items)
                return
            self.send_response(204)
            self.end_headers()

    def log_message(self, *args) -> None:
        pass


with http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler) as server:
    print("ready", flush=True)
    server.serve_forever()
