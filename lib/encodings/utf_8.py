"""The encoding utf-8."""

import encodings

globals().update(encodings.fill(encodings._find("utf_8")))
