"""While there is no http.server."""
