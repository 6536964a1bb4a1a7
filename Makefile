# Krait's front door. `make` builds build/krait; `make help` lists the rest.
.DEFAULT_GOAL := all
CC      ?= gcc
MODE    ?= release
BUILD   := build
OBJ     := $(BUILD)/$(MODE)

SRC     := $(wildcard src/*/*.c) $(wildcard modules/*/*.c modules/*/*/*.c) $(wildcard ports/linux/*.c)
MAIN    := ports/linux/main.c
LIB_PY  := $(shell find lib -name '*.py' 2>/dev/null | sort)

WARN    := -Wall -Wextra -Wshadow -Wundef -Werror
BASE    := -std=c11 $(WARN) -Iinclude -Isrc -Iports -I$(BUILD)/gen -ffp-contract=off -fno-math-errno -fvisibility=hidden -ffunction-sections -fdata-sections -MMD -MP
LINK    := -Wl,--gc-sections -lpthread

ifneq ($(filter release library static arm64 armhf,$(MODE)),)
# Small code everywhere, fast code where programs spend their time. Without -fPIE tables of types need no relocation at start.
CFLAGS  := -g1 -fno-pie -fno-asynchronous-unwind-tables -fno-unwind-tables
LINK    += -no-pie -Wl,-z,noseparate-code,-z,norelro
OPT     := -Os
HOT     := src/vm/loop src/vm/call src/vm/bind src/vm/frame src/vm/generator src/vm/build_op src/vm/attribute_op src/object/heap src/object/heap_page src/object/heap_block src/object/collector src/object/dict \
           src/object/dict_update src/object/dict_iterator src/object/list src/object/list_sort src/object/tuple src/object/str src/object/str_search src/object/text src/object/shape \
           src/object/attribute src/object/operator src/object/user src/object/signature src/object/type src/object/int_binary src/object/float src/object/set \
           src/object/range src/object/iterator src/object/bytes src/object/format src/object/function src/object/str_split src/object/str_percent src/object/exception \
           src/base/limbs src/base/limbs_mul src/base/limbs_div src/base/limbs_bits src/base/limbs_text src/base/double_text_digits src/base/double_text_parse \
           src/base/double_text src/base/utf8 src/base/search src/base/int_text src/base/format_spec src/base/crc32 src/object/bytes_split src/object/int \
           src/object/int_type src/object/int_text src/object/str_index src/object/str_format src/object/enumerate src/object/bytearray src/object/buffer \
           src/object/str_type src/object/slice src/object/slots src/object/instance_check src/object/codec \
           modules/net/mqtt_decode modules/net/mqtt_encode modules/net/mqtt_module modules/net/mqtt_packet modules/net/mqtt_topic src/code/code_unpack src/object/bytes_convert src/object/str_predicate src/object/number src/vm/builtins \
           modules/std/math_module modules/std/math_sum modules/std/math_integer modules/std/struct_module modules/std/struct_value modules/std/array_module modules/std/array_item \
           modules/std/array_sequence modules/std/array_method modules/std/binascii_module modules/std/binascii_base64 modules/std/collections_deque modules/std/collections_deque_sequence modules/std/collections_dict modules/std/collections_count modules/std/operator_module modules/std/operator_getter modules/std/functools_module modules/std/functools_partial modules/std/functools_cache modules/std/heapq_module modules/std/itertools_series modules/std/itertools_filter modules/std/itertools_group modules/std/itertools_combine modules/std/bisect_module modules/std/random_module modules/std/re_match modules/std/json_scan modules/std/json_encode modules/std/json_quote modules/std/csv_reader modules/std/csv_writer modules/std/hash_md modules/std/hash_sponge modules/std/hash_blake2 modules/std/hash_kdf src/base/sha512 \
           modules/os/async_future modules/os/async_task modules/os/async_handle modules/os/async_loop modules/os/async_watch modules/os/io_text modules/os/io_text_read modules/os/io_buffered modules/os/io_newline modules/os/io_bytes modules/os/io_string \
           src/base/deflate src/base/deflate_block src/base/inflate
$(HOT:%=$(OBJ)/%.o): OPT := -O2 -falign-functions=64
endif
# OpenSSL is loaded when module ssl is imported; `make OPENSSL=static` links it into the binary (Debian: libssl-dev), which needs no headers either.
ifeq ($(OPENSSL),static)
$(OBJ)/ports/linux/openssl.o: EXTRA_LIBRARY := -DKR_OPENSSL_STATIC=1
LINK    += -Wl,-Bstatic -lssl -lcrypto -Wl,-Bdynamic
endif
# One file that needs nothing of the system: libm, OpenSSL and SQLite are in it. Cross compilers stand in folders of their own: tools/cross.sh.
ifneq ($(filter static arm64 armhf,$(MODE)),)
$(OBJ)/ports/linux/math.o $(OBJ)/ports/linux/openssl.o $(OBJ)/ports/linux/sqlite.o: EXTRA_LIBRARY := -DKR_MATH_STATIC=1 -DKR_OPENSSL_STATIC=1 -DKR_SQLITE_STATIC=1
LINK    += -static -lsqlite3 -lssl -lcrypto -lm -Wl,-T,ports/linux/static/static.ld
SRC     += $(wildcard ports/linux/static/*.c)
endif
ifeq ($(MODE),library) # for programs and shared objects that are position independent, as compilers make them by default
CFLAGS  := $(CFLAGS:-fno-pie=-fPIC)
endif
ifeq ($(MODE),asan)
CFLAGS  := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer -DKR_DEBUG=1
LINK    += -fsanitize=address,undefined
endif
ifeq ($(MODE),tsan)
CFLAGS  := -O1 -g -fsanitize=thread
LINK    += -fsanitize=thread
endif
ifeq ($(MODE),debug)
CFLAGS  := -O1 -g -DKR_DEBUG=1
endif
ifeq ($(MODE),m32)
CFLAGS  := -O2 -g1 -m32 -msse2 -mfpmath=sse -freg-struct-return
LINK    += -m32
endif
ifeq ($(MODE),device) # the heap and the sizes of a microcontroller, on this machine
CFLAGS  := -O1 -g -m32 -msse2 -mfpmath=sse -freg-struct-return -DKR_DEVICE=1 -DKR_DEBUG=1
LINK    += -m32
SRC     := $(patsubst ports/linux/frozen.c,ports/linux/device/frozen.c,$(SRC))
endif
ifeq ($(MODE),tagged)
CFLAGS  := -O1 -g -DKR_TAGGED=1 -DKR_DEBUG=1
endif

LIBSRC  := $(filter-out $(MAIN),$(SRC))
OBJS    := $(LIBSRC:%.c=$(OBJ)/%.o)
BIN     := $(OBJ)/krait
JOBS    := $(shell nproc 2>/dev/null || echo 2)

# What every build but the release needs before it: the library as code files, up to date.
FROZEN  := $(MAKE) -s --no-print-directory -j$(JOBS) MODE=release $(BUILD)/gen/frozen.inc

.PHONY: packages toolchain $(shell sed -n 's/^\([a-z0-9-]*\):.*\#\#.*/\1/p' Makefile)

all: toolchain ## build build/krait
	@$(MAKE) --no-print-directory -j$(JOBS) MODE=release $(BUILD)/release/krait
	@ln -sf release/krait $(BUILD)/krait

$(BUILD)/release/krait $(BUILD)/static/krait: LINK += -Wl,-T,ports/linux/start.ld $(MAP:%=-Wl,-Map=%)
$(BUILD)/release/krait $(BUILD)/static/krait: ports/linux/start.ld
# Calls of the system that tests let fail; see tests/faults.
ifneq ($(filter asan debug,$(MODE)),)
FAULT   := $(OBJ)/tests/faults/fault.o
FAULTS  := read pread write pwrite preadv2 pwritev2 recv recvfrom recvmsg send sendto sendmsg sendfile copy_file_range socket socketpair pipe2 dup dup3 epoll_create1 eventfd memfd_create bind connect setsockopt getsockopt fsync fdatasync ftruncate truncate mkdir rename symlink unlink rmdir fstat poll ppoll epoll_wait epoll_ctl nanosleep fork wait4 waitid opendir accept4 close open fcntl stat kr_port_spawn dlsym
$(BIN): $(FAULT)
$(BIN): LINK += $(FAULTS:%=-Wl,--wrap=%)
endif

$(BIN): $(OBJS) $(OBJ)/$(MAIN:.c=.o)
	@echo "  ld $@"
	@$(CC) $(CFLAGS) -o $@ $(filter %.o,$^) $(LINK)

$(OBJ)/libkrait.a: $(OBJS)
	@echo "  ar $@"
	@rm -f $@ && ar rcs $@ $^

$(OBJ)/src/vm/loop.o: EXTRA := -fno-gcse -fno-crossjumping
$(OBJ)/src/%.o: FREESTANDING := -ffreestanding
$(OBJ)/%.o: %.c
	@mkdir -p $(@D)
	@echo "  cc $(MODE) $<"
	@$(CC) $(BASE) $(CFLAGS) $(OPT) $(FREESTANDING) $(if $(findstring clang,$(CC)),,$(EXTRA)) $(EXTRA_LIBRARY) -c -o $@ $<

# Modules of lib/, as code files. The tool that makes them is the release build of the core without them, for every other build as well.
FREEZE  := $(BUILD)/release/freeze
ifeq ($(MODE),release)
$(FREEZE): $(filter-out $(OBJ)/ports/linux/frozen.o,$(OBJS)) $(addprefix $(OBJ)/tools/,freeze.o pack.o pack_odds.o pack_text.o)
	@echo "  ld $@"
	@$(CC) $(CFLAGS) -o $@ $^ $(LINK) -lm
# What most programs import is not packed: unpacking takes longer than loading. Nor is the dashboard's page, whose files are packed already.
READY   := atexit copyreg json/__init__ json/decoder json/encoder json/scanner logging/__init__ logging/_handler logging/_logger logging/_record re \
           enum functools collections/__init__ contextlib io os types _types_class typing abc string operator dashboard/_page
$(BUILD)/gen/frozen.inc: $(LIB_PY) $(FREEZE)
	@mkdir -p $(@D)
	@echo "  freeze lib"
	@$(FREEZE) -c -z $(READY:%=-r lib/%.py) -o $@ lib $(LIB_PY)
$(BUILD)/gen/frozen_device.inc: $(LIB_PY) $(FREEZE)
	@mkdir -p $(@D)
	@echo "  freeze lib, as it is"
	@$(FREEZE) -o $@ lib $(LIB_PY)
else
$(BUILD)/gen/%.inc:
	@$(MAKE) --no-print-directory MODE=release $@
endif
$(OBJ)/ports/linux/frozen.o: $(BUILD)/gen/frozen.inc
$(OBJ)/ports/linux/device/frozen.o: $(BUILD)/gen/frozen_device.inc

include ports/stm32f405/build.mk

# Damaged code files against the verifier; tests/code/run.sh runs it.
$(OBJ)/fuzz_code: $(OBJS) $(OBJ)/tests/code/fuzz_code.o
	@echo "  ld $@"
	@$(CC) $(CFLAGS) -o $@ $^ $(LINK)

# Programs that are sent: the half of tests/fuzz/fuzz.py that may crash.
$(OBJ)/fuzz_serve: $(OBJS) $(OBJ)/tests/fuzz/serve.o
	@echo "  ld $@"
	@$(CC) $(CFLAGS) -o $@ $^ $(LINK)

# Damaged answers of DNS servers.
$(OBJ)/fuzz_dns: $(OBJS) $(OBJ)/tests/fuzz/dns.o
	@echo "  ld $@"
	@$(CC) $(CFLAGS) -o $@ $^ $(LINK) -Wl,--wrap=kr_port_read_file

# The flash file system: its tests, and the command that makes and reads images.
FLASHFS := $(addprefix $(OBJ)/,$(patsubst %.c,%.o,$(wildcard modules/os/flashfs_*.c) src/base/crc32.c src/base/crc32_table.c))
FLASHFS_TEST := $(addprefix $(OBJ)/,$(patsubst %.c,%.o,$(wildcard tests/flashfs/*.c)))
$(OBJ)/flashfs_test: $(FLASHFS) $(FLASHFS_TEST)
$(OBJ)/flashfs: $(FLASHFS) $(OBJ)/tools/flashfs.o
$(OBJ)/flashfs_chip: $(FLASHFS) $(OBJ)/tests/flashfs/chip/chip.o $(OBJ)/ports/stm32f405/flash.o
$(OBJ)/tests/flashfs/chip/chip.o $(OBJ)/ports/stm32f405/flash.o: EXTRA_LIBRARY := -DKR_CHIP_MODEL=1
$(OBJ)/flashfs $(OBJ)/flashfs_test $(OBJ)/flashfs_chip:
	@echo "  ld $@"
	@$(CC) $(CFLAGS) -o $@ $^ $(LINK)

# The same with a bug on purpose in one file.
PLANT_1 := src/code/verify_operand tests/code/fuzz_code
PLANT_2 := src/compile/lexer tests/fuzz/serve
PLANT_3 := src/object/slots tests/fuzz/serve
$(OBJ)/planted_%: $(OBJS) $(OBJ)/tests/code/fuzz_code.o $(OBJ)/tests/fuzz/serve.o
	@echo "  cc, ld $@"
	@$(CC) $(BASE) $(CFLAGS) -ffreestanding -DKR_PLANTED=$* -c -o $(OBJ)/planted.$*.o $(firstword $(PLANT_$*)).c
	@$(CC) $(CFLAGS) -o $@ $(filter-out $(OBJ)/$(firstword $(PLANT_$*)).o,$(OBJS)) $(OBJ)/planted.$*.o $(OBJ)/$(lastword $(PLANT_$*)).o $(LINK)

# The command, and what tests of CPython's suite ask of its helpers in C.
$(OBJ)/conformance: $(OBJS) $(OBJ)/ports/linux/main.o $(OBJ)/tests/conformance/helpers.o
	@echo "  cc, ld $@"
	@$(CC) $(BASE) $(CFLAGS) $(OPT) -Dkr_vm_new=conformance_vm_new -c -o $(OBJ)/conformance.main.o ports/linux/main.c
	@$(CC) $(CFLAGS) -o $@ $(OBJS) $(OBJ)/conformance.main.o $(OBJ)/tests/conformance/helpers.o $(LINK) -Wl,-T,ports/linux/start.ld

# The command on the board stm32f405: its drivers over a model of the chip's registers.
CHIP_SRC := $(wildcard ports/stm32f405/board*.c) $(addprefix ports/stm32f405/,clock.c crash.c gpio.c rtc.c watchdog.c) $(wildcard tests/stm32/chip/*.c)
CHIP_OBJS := $(CHIP_SRC:%.c=$(OBJ)/%.o)
$(CHIP_OBJS): CFLAGS += -DKR_CHIP_MODEL=1
$(OBJ)/chip: $(OBJS) $(OBJ)/ports/linux/main.o $(CHIP_OBJS)
	@echo "  cc, ld $@"
	@$(CC) $(BASE) $(CFLAGS) $(OPT) -Dkr_vm_new=chip_vm_new -c -o $(OBJ)/chip.main.o ports/linux/main.c
	@$(CC) $(BASE) $(CFLAGS) $(OPT) -Dkr_boards=kr_host_boards -c -o $(OBJ)/chip.modules.o ports/linux/modules.c
	@$(CC) $(CFLAGS) -o $@ $(filter-out $(OBJ)/ports/linux/modules.o,$(OBJS)) $(CHIP_OBJS) $(OBJ)/chip.main.o $(OBJ)/chip.modules.o $(LINK)

toolchain:
	@command -v $(lastword $(CC)) >/dev/null || sh tools/packages.sh gcc libc6-dev

prerequisites: ## install what the other targets need (Debian)
	sh tools/packages.sh

packages: all ## pure-Python packages of Debian, unmodified, under Krait
	sh tests/packages/run.sh $(BUILD)/krait

test: all ## run the tests in the normal and the sanitizer build
	@sh tools/packages.sh gcc-multilib || true
	@sh tools/packages.sh libsqlite3-0 sqlite3 netbase || true
	sh tests/all.sh

static: toolchain ## build one static file with TLS and SQLite inside: build/static/krait
	@sh tools/packages.sh libssl-dev libsqlite3-dev
	@$(FROZEN)
	@$(MAKE) --no-print-directory -j$(JOBS) MODE=static $(BUILD)/static/krait

# For other machines, with compilers that tools/cross.sh unpacks into a folder. Absent ones (no network) are said, and a test is skipped.
CROSS   := $(CURDIR)/$(BUILD)/cross
arm64 armhf: toolchain
	@sh tools/cross.sh $@ $(CROSS)/$@
	@$(FROZEN)
	@$(MAKE) --no-print-directory -j$(JOBS) MODE=$@ CC="$(if $(findstring ccache,$(CC)),ccache )$(CROSS)/$@/cc" $(BUILD)/$@/krait
arm64: ## build one static file for 64-bit ARM: build/arm64/krait
armhf: ## build one static file for 32-bit ARM (ARMv7 with floating point): build/armhf/krait

static-test: static ## test build/static/krait: language, types, TLS, SQLite, asyncio, sockets
	sh tests/shipping.sh static
arm64-test armhf-test: %-test: toolchain
	@if sh tools/cross.sh $* $(CROSS)/$*; then $(MAKE) --no-print-directory $* && sh tests/shipping.sh $*; else echo "SKIP $@: no cross compiler"; fi
arm64-test: ## test build/arm64/krait likewise, in qemu's user mode
armhf-test: ## test build/armhf/krait likewise

deb: all ## make a Debian package of build/krait, install it in a clean Debian, use it there, remove it
	sh tools/deb.sh $(BUILD)/release/krait $(BUILD)
	sh tests/deb.sh $$(ls -t $(BUILD)/krait_*.deb | head -n 1)

lib: toolchain ## build the library to link with: build/release/libkrait.a
	@$(FROZEN)
	@$(MAKE) --no-print-directory -j$(JOBS) MODE=library $(BUILD)/library/libkrait.a
	@mkdir -p $(BUILD)/release && cp -f $(BUILD)/library/libkrait.a $(BUILD)/release/libkrait.a

flashfs: toolchain ## build build/flashfs, which makes and reads images of the flash file system
	@$(MAKE) --no-print-directory -j$(JOBS) MODE=release $(BUILD)/release/flashfs
	@ln -sf release/flashfs $(BUILD)/flashfs
flashfs-test: flashfs ## the flash file system: every power cut in ten workloads, millions of random calls, damage (half an hour)
	sh tests/flashfs/run.sh --long

asan: toolchain ## build with AddressSanitizer and UBSan
	@$(FROZEN)
	@$(MAKE) --no-print-directory -j$(JOBS) MODE=asan $(BUILD)/asan/krait
tsan: toolchain ## threads of one VM, and two VMs on two threads at once, under ThreadSanitizer
	@$(FROZEN)
	@$(MAKE) --no-print-directory -j$(JOBS) MODE=tsan $(BUILD)/tsan/krait
	KR_TEST_TIMEOUT=6 sh tests/run.sh $(BUILD)/tsan/krait $(addprefix tests/std/,threads.py select_module.py signal_module.py socket_module.py subprocess_module.py)
	sh tests/embed.sh tsan
debug: toolchain ## build with assertions
	@$(FROZEN)
	@$(MAKE) --no-print-directory -j$(JOBS) MODE=debug $(BUILD)/debug/krait
m32: toolchain ## build for 32-bit x86
	@sh tools/packages.sh gcc-multilib
	@$(FROZEN)
	@$(MAKE) --no-print-directory -j$(JOBS) MODE=m32 $(BUILD)/m32/krait
device: toolchain ## build for 32-bit x86 with a microcontroller's heap and sizes
	@sh tools/packages.sh gcc-multilib
	@$(MAKE) --no-print-directory -j$(JOBS) MODE=release $(BUILD)/gen/frozen_device.inc
	@$(MAKE) --no-print-directory -j$(JOBS) MODE=device $(BUILD)/device/krait
tagged: toolchain ## build with tagged words on 64 bits
	@$(FROZEN)
	@$(MAKE) --no-print-directory -j$(JOBS) MODE=tagged $(BUILD)/tagged/krait
gcstress: debug ## run the tests of the language and its types with a collection at every allocation
	KRAIT_GC_STRESS=1 KR_TEST_TIMEOUT=30 sh tests/run.sh $(BUILD)/debug/krait -j $(JOBS) tests/lang/[a-z]*.py tests/types/*.py

pauses: all ## the collector's pauses with 64 MB live
	sh bench/collector/pauses.sh

fuzz: all asan ## SECONDS=60 of processor time each for code files, texts, compared and hostile programs, each decoder, DNS and MQTT, from SEED=1 on, under sanitizers
	sh tests/code/fuzz.sh $(or $(SEED),1) $(or $(SECONDS),60)
	sh tests/fuzz/run.sh compile $(or $(SECONDS),60) $(or $(SEED),1)
	sh tests/fuzz/run.sh program $(or $(SECONDS),60) $(or $(SEED),1)
	sh tests/fuzz/run.sh hostile $(or $(SECONDS),60) $(or $(SEED),1)
	sh tests/fuzz/decoders.sh $(BUILD)/asan/krait $(or $(SECONDS),60) $(or $(SEED),1)
	sh tests/prompt/fuzz.sh $(BUILD)/asan/krait $(or $(SECONDS),60) $(or $(SEED),1)
	$(MAKE) --no-print-directory MODE=asan $(BUILD)/asan/fuzz_dns
	$(BUILD)/asan/fuzz_dns $(or $(SEED),1) $(or $(SECONDS),60)
	$(BUILD)/krait tests/console/noise.py $(BUILD)/asan/krait $(or $(SECONDS),60) $(or $(SEED),1)
	ASAN_OPTIONS=detect_leaks=0:detect_stack_use_after_return=0 $(BUILD)/asan/krait --heap 256M --board sim --clock virtual tests/machine/_fuzz.py $(or $(SECONDS),60) $(or $(SEED),1)
	ASAN_OPTIONS=detect_leaks=0:detect_stack_use_after_return=0 $(BUILD)/asan/krait tests/mqtt/fuzz.py $(or $(SEED),1) $(or $(SECONDS),60)
	ASAN_OPTIONS=detect_leaks=0:detect_stack_use_after_return=0 $(BUILD)/asan/krait tests/mqtt/broker_fuzz.py $(or $(SEED),1) $(or $(SECONDS),60)
	ASAN_OPTIONS=detect_leaks=0:detect_stack_use_after_return=0 $(BUILD)/asan/krait tests/mqtt/client_fuzz.py $(or $(SEED),1) $(or $(SECONDS),60)

fuzz-planted: all asan ## each fuzzer has to find a bug that is there on purpose, within a minute
	sh tests/fuzz/planted.sh

failalloc: ## fail every allocation of 50 test programs in turn (half an hour)
	sh tests/fail_alloc.sh

faults: all asan ## let every call of the system fail in turn, in programs that use files, sockets, TLS, processes
	$(BUILD)/krait tests/faults/run.py $(BUILD)/asan/krait $(PROGRAMS)

fresh-test: ## the committed tree in a clean Debian with git and make (root, debootstrap): make demo, make test
	sh tests/fresh.sh

durability: all ## 100,000 readings through pipelines whose ends are killed 50 times each, also with power cuts: lost 0, stored twice 0
	@sh tools/packages.sh mosquitto || true
	sh tests/durability/run.sh $(BUILD)/krait --long

soak: all ## SECONDS=1800 of 200 readings/s through pipeline, broker and store, the link cut every 20 s: memory and descriptors constant, nothing lost
	$(BUILD)/krait tests/soak/run.py --seconds $(or $(SECONDS),1800)

conformance: all ## CPython's own tests under Krait; writes docs/conformance.md
	@$(MAKE) --no-print-directory MODE=release $(BUILD)/release/conformance
	python3 tests/conformance/run.py

demo: all ## a greenhouse on the simulated board, and the address of its dashboard; Ctrl-C ends it (BOARD=linux: on real pins, PORT=8800, SECONDS=10: ends by itself)
	@sh tools/packages.sh libsqlite3-0
	@mkdir -p $(BUILD)/demo && rm -f $(BUILD)/demo/dashboard.json
	$(if $(SECONDS),timeout --preserve-status -s INT $(SECONDS) )$(BUILD)/krait --board $(or $(BOARD),sim) examples/greenhouse/main.py folder=$(BUILD)/demo mqtt.port=0 $(if $(PORT),dashboard.port=$(PORT))

greenhouse-test: all ## the greenhouse: figures at 10 Hz for a minute, and three weeks of its life
	$(BUILD)/krait tests/greenhouse/_budget.py $(BUILD)/krait 60
	life=$$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d) && \
	{ KRAIT_BOARD=sim KRAIT_CLOCK=virtual $(BUILD)/krait tests/greenhouse/_week.py 21 "$$life"; status=$$?; rm -rf "$$life"; exit $$status; }

node-red-test: all ## npm's node-red and ws (in build/node-red) with the greenhouse: readings over MQTT, the pump, the dashboard's socket
	sh tests/greenhouse/node_red.sh $(BUILD)/krait

bench: all ## measure against CPython 3.11
	sh bench/run.sh

docs: all ## write docs/library from signatures and docstrings
	$(BUILD)/krait tools/gen_library.py

bench-asyncio: all ## measure tasks, timers, queues, streams and idle connections against CPython 3.11's asyncio
	sh bench/run.sh asyncio
	sh bench/asyncio/idle.sh page

vm-test: all armhf ## test the board linux on real kernels, in virtual machines
	@sh tools/packages.sh kmod cpio qemu-system-arm
	sh tests/vm/run.sh $(BUILD)/krait $(BUILD)/armhf/krait
noise-test: all ## krait remote over lines with one byte, and one bit, of a hundred wrong (five minutes)
	$(BUILD)/krait tests/console/damage.py $(BUILD)/krait --noise
bench-machine: all ## measure module machine on the simulated board; writes docs/bench-machine.md
	$(BUILD)/krait --board sim bench/machine/run.py docs/bench-machine.md
bench-library: all ## measure the library against CPython 3.11: json, re, struct, datetime, collections, itertools
	sh bench/run.sh library

bench-web: all ## JSON requests per second of module web, against Flask on Werkzeug
	sh bench/web.sh

bench-https: all ## 100 MB over HTTPS from nginx, against CPython 3.11
	sh bench/https.sh

bench-mqtt: all ## messages per second with mosquitto, against paho-mqtt under CPython 3.11; writes docs/bench-mqtt.md
	@sh tools/packages.sh mosquitto python3-paho-mqtt
	$(BUILD)/krait bench/mqtt/run.py $(BUILD)/krait $(or $(PEER),/usr/bin/python3.11) docs/bench-mqtt.md
bench-broker: all ## the broker beside mosquitto: QoS 0 to 100 subscribers, QoS 1 with and without a store
	@sh tools/packages.sh mosquitto
	$(BUILD)/krait bench/mqtt/fan_out.py $(BUILD)/krait
mqtt-peers: all ## MQTT with mosquitto's commands, paho-mqtt and npm's mqtt, and 100 restarts of the broker
	sh tests/mqtt/peers.sh $(BUILD)/krait

dashboard: all ## bundle the dashboard's page from tools/dashboard into lib/dashboard/_page.py
	@command -v npm >/dev/null || sh tools/packages.sh nodejs npm
	cd tools/dashboard && npm ci --silent --no-audit --no-fund && node build.mjs $(CURDIR)/$(BUILD)/dashboard
	$(BUILD)/krait tools/dashboard/pack.py $(BUILD)/dashboard lib/dashboard/_page.py

browser-test: all ## the dashboard's page in Chromium: all of it, with pictures in build/browser
	sh tests/dashboard/browser.sh $(BUILD)/krait

start: all ## time and memory that starting takes, beside an empty C program's
	sh bench/start.sh

frag: ## replay recorded allocations on a fixed region of 100 KB
	sh tests/frag/run.sh

size: all ## sizes by room, and of the STM32F405 image
	@sh tools/size.sh
	@sh tools/packages.sh gcc-arm-none-eabi libnewlib-arm-none-eabi || true
	@if command -v arm-none-eabi-gcc >/dev/null; then $(MAKE) --no-print-directory -j$(JOBS) $(FW)/rooms.map && sh tools/firmware_size.sh; \
	else echo "STM32F405: no arm-none-eabi-gcc (make prerequisites)"; fi

lint: ## layout and include rules
	@sh tools/packages.sh clang-format-14 || true
	sh tools/lint.sh

clean: ## remove build/
	rm -rf $(BUILD)

help: ## this list
	@grep -hE '^[a-z0-9-]+:.*##' Makefile ports/stm32f405/build.mk | sed 's/:.*##/\t/'

-include $(OBJS:.o=.d) $(CHIP_OBJS:.o=.d) $(OBJ)/$(MAIN:.c=.d) $(addprefix $(OBJ)/tools/,freeze.d pack.d pack_odds.d pack_text.d) $(OBJ)/tests/code/fuzz_code.d $(OBJ)/tests/fuzz/serve.d $(OBJ)/tests/fuzz/dns.d $(OBJ)/tests/faults/fault.d $(OBJ)/tools/flashfs.d $(FLASHFS_TEST:.o=.d) $(OBJ)/tests/flashfs/chip/chip.d $(OBJ)/ports/stm32f405/flash.d
