"""The encoding unicode-escape."""

import encodings

globals().update(encodings.fill(encodings.search_function("unicode_escape")))
