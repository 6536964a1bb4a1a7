"""Addresses of the World Wide Web: urllib.parse takes them apart and puts them together."""
