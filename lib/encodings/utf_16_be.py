"""The encoding utf-16-be."""

import encodings

globals().update(encodings.fill(encodings.search_function("utf_16_be")))
