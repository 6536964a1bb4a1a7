"""The encoding latin-1."""

import encodings

globals().update(encodings.fill(encodings._find("latin_1")))
