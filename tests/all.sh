#!/bin/sh
# All tests: C tests of src/base, the language and type tests in the normal build, from code files and under sanitizers, the include rules.
# The last line is the sum: N passed, N failed.
set -u
unset $(env | sed -n 's/^\(PYTHON[A-Z_]*\)=.*/\1/p') KRAITPATH KRAIT_BOARD KRAIT_CLOCK # of whoever runs the tests
cd "$(dirname "$0")/.."
jobs=$(nproc 2>/dev/null || echo 2)
passed=0
failed=0
skipped=0

count() { # adds up a line "N passed, N failed"
    line=$(grep -E '^[0-9]+ passed, [0-9]+ failed' "$1" | tail -n 1)
    [ -n "$line" ] || { echo "no result from $2"; failed=$((failed + 1)); return; }
    passed=$((passed + $(echo "$line" | cut -d' ' -f1)))
    failed=$((failed + $(echo "$line" | cut -d' ' -f3)))
    case $line in *skipped*) skipped=$((skipped + $(echo "$line" | cut -d' ' -f5))) ;; esac
}

log=$(mktemp)
trap 'rm -f "$log"' EXIT

check() { # name, command...: one test that passes when the command does
    name=$1
    shift
    if "$@" >"$log" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAIL $name"
        tail -n 15 "$log"
    fi
}

sh tools/packages.sh openssl >/dev/null 2>&1 || echo "openssl cannot be installed: its tests are skipped"
check "include rules" sh tools/lint.sh --includes
for t in tests/base/test_*.c; do
    name=build/$(basename "$t" .c)
    check "$t" sh -c "cc -std=c11 -O1 -Iinclude -Isrc -Iports -Itests/base -ffp-contract=off -fno-math-errno -o $name $t src/base/*.c -lm && $name"
done

front=$(ls src/compile/*.c | grep -vE '/(anchor|compiler|constant|docstring|emit|scratch|token_list|tree|unparse)')
check "tests/compile/test_front_end.c" sh -c "cc -std=c11 -O1 -Iinclude -Isrc -Iports -ffp-contract=off -fno-math-errno -o build/test_front_end tests/compile/test_front_end.c $(echo $front) src/base/*.c -lm && build/test_front_end"

run() { # title, binary, files...
    title=$1
    shift
    echo "== $title"
    sh tests/run.sh "$@" >"$log" 2>&1
    grep -v ' passed, ' "$log"
    count "$log" "$title"
}

skip=tests/known_failures.txt
run "normal build" build/krait -j "$jobs" -s "$skip"
export KRAIT_BOARD=sim KRAIT_CLOCK=virtual
run "the simulated board" build/krait -j "$jobs" tests/machine
unset KRAIT_BOARD KRAIT_CLOCK
make --no-print-directory MODE=release build/release/chip >"$log" 2>&1 || { tail -n 20 "$log"; failed=$((failed + 1)); }
run "the board of the STM32F405" build/release/chip -j "$jobs" tests/stm32/chip
run "pipelines and stores" build/krait -j "$jobs" tests/pipeline
export KRAIT_CLOCK=virtual
run "rules" build/krait -j "$jobs" tests/rules
unset KRAIT_CLOCK
echo "== recorded failures"
build/krait tests/rules/_traces.py >"$log" 2>&1
grep -E '^FAIL|SKIP' "$log"
count "$log" "recorded failures"
echo "== simulated power cuts"
sh tests/powercut/run.sh build/krait >"$log" 2>&1
grep -v ' passed, ' "$log"
count "$log" "simulated power cuts"
echo "== durability"
sh tests/durability/run.sh build/krait >"$log" 2>&1
grep -v ' passed, ' "$log"
count "$log" "durability"
echo "== soak"
build/krait tests/soak/run.py --seconds 12 --cut-every 6 --sample-every 6 >"$log" 2>&1
grep -E '^FAIL' "$log"
count "$log" "soak"
run "web" build/krait -j "$jobs" tests/web
run "dashboard" build/krait -j "$jobs" tests/dashboard
echo "== the greenhouse"
sh tests/greenhouse/run.sh build/krait >"$log" 2>&1
grep -v ' passed, ' "$log"
count "$log" "the greenhouse"
echo "== examples of devices"
sh tests/machine/_examples.sh build/krait >"$log" 2>&1
grep -v ' passed, ' "$log"
count "$log" "examples of devices"
echo "== run-time errors"
sh tests/errors/run_time.sh >"$log" 2>&1
grep -v ' passed, ' "$log"
count "$log" "run-time errors"
echo "== limits"
sh tests/limits/run.sh build/krait -s "$skip" >"$log" 2>&1
grep -v ' passed, ' "$log"
count "$log" "limits"
echo "== wrong programs"
sh tests/errors/run.sh build/krait >"$log" 2>&1
grep -v ' passed, ' "$log"
count "$log" "wrong programs"
echo "== fixed-region heap"
sh tests/frag/run.sh 300000 >"$log" 2>&1
grep -E 'FULL|SKIP' "$log"
count "$log" "fixed-region heap"
echo "== the flash file system"
sh tests/flashfs/run.sh >"$log" 2>&1
grep -v ' passed, ' "$log"
count "$log" "the flash file system"
echo "== code files"
sh tests/code/run.sh build/krait -s "$skip" >"$log" 2>&1
grep -v ' passed, ' "$log"
count "$log" "code files"
echo "== the end of the command"
sh tests/exit.sh "$PWD/build/krait" >"$log" 2>&1
grep -v ' passed, ' "$log"
count "$log" "the end of the command"
echo "== the command line"
sh tests/command/run.sh build/krait >"$log" 2>&1
grep -v ' passed, ' "$log"
count "$log" "the command line"
echo "== the prompt"
sh tests/prompt/run.sh build/krait >"$log" 2>&1
grep -v ' passed, ' "$log"
count "$log" "the prompt"
echo "== the console on a wire"
sh tests/console/run.sh build/krait >"$log" 2>&1
grep -v ' passed, ' "$log"
count "$log" "the console on a wire"
echo "== names and signatures"
sh tests/surface/run.sh "$PWD/build/krait" >"$log" 2>&1
grep -v ' passed, ' "$log"
count "$log" "names and signatures"
echo "== cached code"
sh tests/cache.sh "$PWD/build/krait" >"$log" 2>&1
grep -v ' passed, ' "$log"
count "$log" "cached code"
check "pages of the library" build/krait tools/gen_library.py --check
echo "== examples of the library"
build/krait tests/library_pages.py >"$log" 2>&1
grep -v ' passed, ' "$log"
count "$log" "examples of the library"
echo "== examples of the guide"
build/krait tests/guide.py build/krait >"$log" 2>&1
grep -v ' passed, ' "$log"
count "$log" "examples of the guide"
echo "== packages of Debian"
sh tests/packages/run.sh build/krait >"$log" 2>&1
grep -v ' passed, ' "$log"
count "$log" "packages of Debian"
echo "== MQTT"
sh tests/mqtt/run.sh build/krait >"$log" 2>&1
grep -v ' passed, ' "$log"
count "$log" "MQTT"
echo "== the dashboard's page"
sh tests/dashboard/browser.sh build/krait --short >"$log" 2>&1
grep -v ' passed, ' "$log"
count "$log" "the dashboard's page"
check "embedding" sh tests/embed.sh
check "embedding, AddressSanitizer" sh tests/embed.sh asan
make --no-print-directory asan >"$log" 2>&1 || { tail -n 20 "$log"; failed=$((failed + 1)); }
check "damaged code files" sh tests/code/fuzz.sh 1 8
KR_TEST_TIMEOUT=6 ASAN_OPTIONS=detect_leaks=0:detect_stack_use_after_return=0 run "AddressSanitizer and UBSan" build/asan/krait -j "$jobs" -s "$skip"
ASAN_OPTIONS=detect_leaks=0:detect_stack_use_after_return=0 KR_TEST_TIMEOUT=6 run "pipelines and stores, AddressSanitizer" build/asan/krait -j "$jobs" tests/pipeline
export KRAIT_BOARD=sim KRAIT_CLOCK=virtual
ASAN_OPTIONS=detect_leaks=0:detect_stack_use_after_return=0 KR_TEST_TIMEOUT=6 run "rules, AddressSanitizer" build/asan/krait -j "$jobs" tests/rules
ASAN_OPTIONS=detect_leaks=0:detect_stack_use_after_return=0 KR_TEST_TIMEOUT=6 run "the simulated board, AddressSanitizer" build/asan/krait -j "$jobs" tests/machine
unset KRAIT_BOARD KRAIT_CLOCK
ASAN_OPTIONS=detect_leaks=0:detect_stack_use_after_return=0 KR_TEST_TIMEOUT=6 run "web, AddressSanitizer" build/asan/krait -j "$jobs" tests/web
ASAN_OPTIONS=detect_leaks=0:detect_stack_use_after_return=0 KR_TEST_TIMEOUT=6 run "dashboard, AddressSanitizer" build/asan/krait -j "$jobs" tests/dashboard
make --no-print-directory MODE=asan build/asan/chip >"$log" 2>&1 || { tail -n 20 "$log"; failed=$((failed + 1)); }
ASAN_OPTIONS=detect_leaks=0:detect_stack_use_after_return=0 KR_TEST_TIMEOUT=6 run "the board of the STM32F405, AddressSanitizer" build/asan/chip -j "$jobs" tests/stm32/chip
check "texts, compared with CPython" sh tests/fuzz/run.sh compile 6
check "hostile programs" sh tests/fuzz/run.sh hostile 15
check "damaged input for decoders" sh tests/fuzz/decoders.sh build/asan/krait 1 1
echo "== MQTT, AddressSanitizer"
KR_TEST_TIMEOUT=3 ASAN_OPTIONS=detect_leaks=0:detect_stack_use_after_return=0 sh tests/mqtt/run.sh build/asan/krait packets websocket >"$log" 2>&1
grep -v ' passed, ' "$log"
count "$log" "MQTT, AddressSanitizer"
echo "== the greenhouse, AddressSanitizer"
KR_TEST_TIMEOUT=4 ASAN_OPTIONS=detect_leaks=0:detect_stack_use_after_return=0 sh tests/greenhouse/run.sh build/asan/krait >"$log" 2>&1
grep -v ' passed, ' "$log"
count "$log" "the greenhouse, AddressSanitizer"
check "damaged frames of MQTT" env ASAN_OPTIONS=detect_leaks=0:detect_stack_use_after_return=0 build/asan/krait tests/mqtt/fuzz.py 1 2
check "damaged HTTP and WebSocket" build/asan/krait tests/web/_fuzz.py 1 3
check "random clients of the MQTT broker" build/krait tests/mqtt/broker_fuzz.py 1 2
check "a random broker of the MQTT client" build/krait tests/mqtt/client_fuzz.py 1 2
check "damaged DNS answers" sh -c "make --no-print-directory MODE=asan build/asan/fuzz_dns && build/asan/fuzz_dns 1 2"
check "noise at the prompt" sh tests/prompt/fuzz.sh build/asan/krait 8 1
check "noise on the console's wire" build/krait tests/console/noise.py build/asan/krait 2 1
echo "(the firmware is built and tested in QEMU by make test-firmware)"
check "divisions of the STM32F405" sh -c "cc -O2 -Iinclude -o build/divide ports/stm32f405/divide.c tests/firmware/divide.c && build/divide 1000000 1"
echo "== allocation failures"
sh tests/fail_alloc.sh --sample >"$log" 2>&1
grep -v ' passed, ' "$log"
count "$log" "allocation failures"
echo "== failing calls of the system"
build/krait tests/faults/run.py build/asan/krait --sample >"$log" 2>&1
grep -E -A 8 '^FAIL|SKIP' "$log"
count "$log" "failing calls of the system"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
