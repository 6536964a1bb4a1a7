"""The encoding utf-32."""

import encodings

globals().update(encodings.fill(encodings.search_function("utf_32")))
