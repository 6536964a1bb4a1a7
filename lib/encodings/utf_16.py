"""The encoding utf-16."""

import encodings

globals().update(encodings.fill(encodings.search_function("utf_16")))
