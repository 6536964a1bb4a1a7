"""The encoding latin-1."""

import encodings

globals().update(encodings.fill(encodings.search_function("latin_1")))
