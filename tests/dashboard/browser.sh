#!/bin/sh
# browser.sh KRAIT [--short] - the dashboard's page in Debian's Chromium, driven by npm's playwright-core. Where these cannot be had, that is said, and nothing is tested;
# --short tests the most important, and installs no browser.
# SPDX-License-Identifier: MIT
set -u
krait=$(realpath "${1:?usage: tests/dashboard/browser.sh KRAIT [--short]}")
cd "$(dirname "$0")" || exit 2

skip() {
    echo "SKIP dashboard/browser: $1"
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
}

command -v chromium >/dev/null || [ -z "${2-}" ] || skip "there is no Chromium (make browser-test installs it)"
command -v chromium >/dev/null || sh ../../tools/packages.sh chromium >/dev/null 2>&1 || skip "Chromium cannot be installed"
command -v npm >/dev/null || sh ../../tools/packages.sh nodejs npm >/dev/null 2>&1 || skip "npm cannot be installed"
[ -d node_modules/playwright-core ] || timeout 120 npm ci --silent --no-audit --no-fund || skip "playwright-core cannot be fetched"
exec timeout 240 node browser.mjs "$krait" ../../build/browser ${2:+"$2"}
