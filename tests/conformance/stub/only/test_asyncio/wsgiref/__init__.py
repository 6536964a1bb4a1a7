"""The suite's own wsgiref, with which tests start the servers that they talk to; Krait has none."""

import os

__path__ = [os.path.join(os.path.dirname(os.environ["CONFORMANCE_SUITE"]), "wsgiref")]
