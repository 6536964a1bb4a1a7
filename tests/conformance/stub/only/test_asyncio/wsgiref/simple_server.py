"""While there is no wsgiref: tests that start a server are skipped."""

from http.server import HTTPServer


class WSGIRequestHandler:
    """The name is all that is needed."""


class WSGIServer(HTTPServer):
    """Making one skips the test."""
