#!/bin/sh
# run.sh KRAIT [--long] - readings through pipelines whose ends are killed, also with power cuts. --long: 100,000 readings, 50 kills each, then with mosquitto
# as the broker, which loses what it has acknowledged since it last saved: only what lacks its acknowledgement must not be missing.
# Ends with a line N passed, N failed.
# SPDX-License-Identifier: MIT
set -u
krait=$(realpath "$1")
cd "$(dirname "$0")/../.."
sh tests/powercut/build.sh build/powercut.so || { echo "0 passed, 1 failed"; exit 1; }
size="--count 2000 --kills 4"
[ "${2-}" != --long ] || size="--count 100000 --kills 50"
links=http
"$krait" -c "import mqtt.broker" 2>/dev/null && links="http mqtt"
passed=0
failed=0
for link in $links; do
    for cut in "" "--cut build/powercut.so"; do
        # shellcheck disable=SC2086
        said=$("$krait" tests/durability/run.py --link $link $cut $size)
        echo "$said" | grep -v ' passed, '
        case $said in ok*) passed=$((passed + 1)) ;; *) failed=$((failed + 1)) ;; esac
    done
done
mosquitto=$(PATH=$PATH:/usr/sbin command -v mosquitto)
if [ "${2-}" = --long ] && [ -n "$mosquitto" ]; then
    for cut in "" "--cut build/powercut.so"; do
        # shellcheck disable=SC2086
        said=$("$krait" tests/durability/run.py --link mqtt --lossy --broker "sh $PWD/tests/durability/_mosquitto.sh $mosquitto {port}" $cut $size)
        echo "mosquitto: $said" | grep -v ' passed, '
        case $said in ok*) passed=$((passed + 1)) ;; *) failed=$((failed + 1)) ;; esac
    done
elif [ "${2-}" = --long ]; then
    echo "SKIP mosquitto is not installed (make durability installs it)"
fi
# Mistakes on purpose have to be found.
for plant in "sync --cut build/powercut.so" key; do
    # shellcheck disable=SC2086
    said=$("$krait" tests/durability/run.py --plant $plant)
    case $said in FAIL:*lost*) passed=$((passed + 1)) ;; *) failed=$((failed + 1)) && echo "FAIL planted mistake not found: $plant: $said" ;; esac
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
