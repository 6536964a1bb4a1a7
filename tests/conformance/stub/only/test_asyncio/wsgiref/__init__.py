"""While there is no wsgiref."""
