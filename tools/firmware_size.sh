#!/bin/sh
# firmware_size.sh - flash of the STM32F405 image by room, from a map of the linker, and the whole against its goal.
# The image itself is optimised at link time, after which no function belongs to a file any more: rooms add up to more than it takes.
# SPDX-License-Identifier: MIT
set -eu
cd "$(dirname "$0")/.."
goal=640 # KB
arm-none-eabi-size build/stm32f405/krait.elf | awk 'NR == 2 { printf "STM32F405 image: %d bytes of flash\n", $1 + $2 }'
image=$(arm-none-eabi-size build/stm32f405/krait.elf | awk 'NR == 2 { print $1 + $2 }')
# Lines of a map: section, address, size, file; long names of sections stand on a line of their own.
awk -v goal=$goal -v image="$image" '
    /^Linker script and memory map/ { on = 1 }
    on && NF == 1 && /^ \.(text|rodata|vectors|data)/ { section = $1; next }
    on && /^ \.(text|rodata|vectors|data)/ { section = $1; address = $2; size = $3; file = $4 }
    on && /^ +0x/ && section != "" { address = $1; size = $2; file = $3 }
    on && section != "" && file != "" && address ~ /^0x0*8/ && size ~ /^0x/ { add(file, size) }
    { section = ""; file = "" }
    function number(hex,   n, i) {
        for (i = 3; i <= length(hex); i++) n = n * 16 + index("0123456789abcdef", substr(hex, i, 1)) - 1
        return n
    }
    function add(file, hex,   room) {
        room = "libc"
        if (file ~ /frozen/) room = "library (Python)"
        else if (match(file, /obj\/src\/[a-z]+/)) room = substr(file, RSTART + 4, RLENGTH - 4)
        else if (match(file, /obj\/modules\/[a-z]+/)) room = substr(file, RSTART + 4, RLENGTH - 4)
        else if (match(file, /obj\/ports/)) room = substr(file, RSTART + 4, RLENGTH - 4)
        else if (file ~ /libgcc/) room = "libgcc"
        sum[room] += number(hex)
        all += number(hex)
    }
    END {
        n = split("src/base src/object src/code src/compile src/vm modules/std modules/os modules/machine ports libgcc libc", order, " ")
        for (i = 1; i <= n; i++) printf "  %-18s %7d\n", order[i], sum[order[i]]
        printf "  %-18s %7d\n", "library (Python)", sum["library (Python)"]
        printf "  %-18s %7d  (%d by link-time optimisation and shared texts)\n", "sum", all, image - all
        printf "image: %.0f KB, goal %d KB: %s\n", image / 1024, goal, image <= goal * 1024 ? "reached" : "not reached"
    }' build/stm32f405/rooms.map
printf 'largest functions and tables:\n'
arm-none-eabi-nm -S --size-sort -r build/stm32f405/rooms.elf | head -n "${1:-12}" | while read -r _ size _ name; do printf '  %7d  %s\n' "0x$size" "$name"; done
