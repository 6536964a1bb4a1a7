"""Fetches a file over HTTPS: fetch.py URL AUTHORITY PIECE how; prints seconds, seconds of processor time (user and system), bytes, and a sum of what came."""

import http.client
import ssl
import sys
import time
import urllib.parse
import urllib.request
import zlib

url, authority, piece, how = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
check = len(sys.argv) > 5
context = ssl.create_default_context(cafile=authority)
before, began = time.process_time(), time.perf_counter()
total = checksum = 0
if how == "urllib":
    answer = urllib.request.urlopen(url, context=context)
else:
    parts = urllib.parse.urlsplit(url)
    connection = http.client.HTTPSConnection(parts.hostname, parts.port, context=context)
    connection.request("GET", parts.path)
    answer = connection.getresponse()
if how == "into":
    buffer = memoryview(bytearray(piece))
    while count := answer.readinto(buffer):
        total += count
        if check:
            checksum = zlib.crc32(buffer[:count], checksum)
else:
    while data := answer.read(piece):
        total += len(data)
        if check:
            checksum = zlib.crc32(data, checksum)
seconds, after = time.perf_counter() - began, time.process_time()
print(f"{seconds:.4f} {after - before:.4f} {total} {checksum}")
