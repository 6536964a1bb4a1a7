"""The encoding utf-16-le."""

import encodings

globals().update(encodings.fill(encodings.search_function("utf_16_le")))
