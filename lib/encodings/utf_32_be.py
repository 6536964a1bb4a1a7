"""The encoding utf-32-be."""

import encodings

globals().update(encodings.fill(encodings.search_function("utf_32_be")))
