"""The encoding utf-8-sig."""

import encodings

globals().update(encodings.fill(encodings.search_function("utf_8_sig")))
