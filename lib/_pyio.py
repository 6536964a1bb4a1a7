"""The Python half of io under its CPython name: Krait has one implementation."""

from io import *
from io import DEFAULT_BUFFER_SIZE, SEEK_CUR, SEEK_END, SEEK_SET, IncrementalNewlineDecoder, open_code, text_encoding
