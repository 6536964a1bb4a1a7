"""The encoding utf-8."""

import encodings

globals().update(encodings.fill(encodings.search_function("utf_8")))
