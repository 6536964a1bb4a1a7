#!/bin/sh
# peers.sh KRAIT - MQTT clients and the broker with those of others (mosquitto, its commands, paho-mqtt, npm's mqtt), and 100 restarts of the broker. Some minutes.
# SPDX-License-Identifier: MIT
set -u
krait=$(realpath "${1:?usage: tests/mqtt/peers.sh KRAIT}")
cd "$(dirname "$0")/../.." || exit 2
missing="" # a node from elsewhere brings its own npm, and is at odds with Debian's
for program in node npm; do command -v $program >/dev/null || missing="$missing $(echo $program | sed 's/^node$/nodejs/')"; done
# shellcheck disable=SC2086
sh tools/packages.sh mosquitto mosquitto-clients python3-paho-mqtt openssl $missing || exit 1
folder=$PWD/build/peers
[ -d "$folder/node_modules/mqtt" ] || { mkdir -p "$folder" && npm install --silent --no-audit --no-fund --prefix "$folder" mqtt@5; } || exit 1
failed=0
timeout 300 "$krait" tests/mqtt/peers.py "$folder" || failed=1
timeout 300 "$krait" tests/mqtt/broker_peers.py || failed=1
KR_MQTT_RESTARTS=100 timeout 600 "$krait" tests/mqtt/client.py Losses || failed=1
KR_MQTT_RESTARTS=100 timeout 600 "$krait" tests/mqtt/broker_restarts.py || failed=1
exit $failed
