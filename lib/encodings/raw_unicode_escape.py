"""The encoding raw-unicode-escape."""

import encodings

globals().update(encodings.fill(encodings.search_function("raw_unicode_escape")))
