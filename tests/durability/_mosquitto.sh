#!/bin/sh
# _mosquitto.sh MOSQUITTO PORT - mosquitto with its persistence in this folder, saved as often as it can be told to: every second.
# SPDX-License-Identifier: MIT
set -eu
cat >conf <<END
$([ "$(id -u)" != 0 ] || echo "user root")
allow_anonymous true
persistence true
persistence_location ./
autosave_interval 1
max_queued_messages 0
listener $2 127.0.0.1
END
exec "$1" -c conf
