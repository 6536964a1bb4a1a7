#!/bin/sh
# The include rules of the rooms, and (without --includes) the layout of the sources.
# base -> nothing; object -> base; code -> object, base; compile and vm -> code, object, base; vm calls the compiler through compiler.h.
set -u
cd "$(dirname "$0")/.."
bad=0
allow() { # room, pattern of rooms that it may include
    room=$1
    pattern=$2
    found=$(grep -nE '^#include "(base|object|code|compile|vm)/' -r "src/$room" | grep -vE "#include \"($pattern)/" || true)
    if [ -n "$found" ]; then
        echo "$room includes what it must not:"
        echo "$found"
        bad=1
    fi
}
allow base base
allow object 'base|object'
allow code 'base|object|code'
allow compile 'base|object|code|compile'
allow vm 'base|object|code|vm|compile'
found=$(grep -nE '^#include "compile/' -r src/vm | grep -v 'compile/compiler.h' || true)
[ -z "$found" ] || { echo "vm reaches into compile:"; echo "$found"; bad=1; }
found=$(grep -nE '^#include <' -r src | grep -vE '<(string|stdarg|stddef|stdint|stdbool|limits|float)\.h>' || true)
[ -z "$found" ] || { echo "src uses a hosted header:"; echo "$found"; bad=1; }
if [ "${1:-}" != --includes ] && command -v clang-format >/dev/null; then
    for f in $(git ls-files 'src/*.c' 'src/*.h' 'include/*.h' 'ports/*.c' 'ports/*.h' 'tests/*.c' 'tools/*.c' 'examples/*.c' 'modules/*.c' 'modules/*.h' 'bench/*.c' | grep -v '_table\.[ch]$'); do
        clang-format --dry-run -Werror "$f" >/dev/null 2>&1 || { echo "layout: $f"; bad=1; }
    done
fi
exit $bad
