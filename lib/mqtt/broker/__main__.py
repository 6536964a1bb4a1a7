"""The command: krait -m mqtt.broker [passwd ...] [options]."""

import sys

from mqtt.broker._command import main

sys.exit(main(sys.argv[1:]))
