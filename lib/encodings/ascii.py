"""The encoding ascii."""

import encodings

globals().update(encodings.fill(encodings._find("ascii")))
