"""The command."""

import sys

from _remote.command import main

sys.exit(main(sys.argv[1:]))
