"""The encoding ascii."""

import encodings

globals().update(encodings.fill(encodings.search_function("ascii")))
