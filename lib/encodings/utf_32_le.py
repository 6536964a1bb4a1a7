"""The encoding utf-32-le."""

import encodings

globals().update(encodings.fill(encodings.search_function("utf_32_le")))
