# build.mk - the firmware of the STM32F405 port: `make firmware` builds build/stm32f405/krait.{elf,bin,hex,dfu}, `make test-firmware` tests it in an emulator.
FW        := $(BUILD)/stm32f405
FW_CC     := $(if $(findstring ccache,$(CC)),ccache )arm-none-eabi-gcc
# The FPU has no doubles: without it they stay in the registers that the functions for them take.
FW_CPU    := -mcpu=cortex-m4 -mthumb -mfloat-abi=soft
FW_CFLAGS := -std=c11 $(WARN) -Iinclude -Isrc -Iports -ffp-contract=off -fno-math-errno -ffunction-sections -fdata-sections $(FW_CPU) \
    -Os -g1 -flto -ffat-lto-objects -ffreestanding -DKR_DEVICE=1 -DKR_DOCSTRINGS=0 -DKR_UNICODE_FULL=0 -DKR_IO_FULL=0 -DKR_COMPUTED_GOTO=0 -DKR_SHORT_TEXTS=1 -DKR_HINTS=1
FW_LINK   := $(FW_CPU) -Os -g1 -nostartfiles --specs=nano.specs -T ports/stm32f405/stm32f405.ld -Wl,--gc-sections

# ---- The profile: builtin modules (ports/stm32f405/modules.c has the table), and the library in flash --------------------------------
FW_STD    := binascii_module binascii_base64 binascii_qp bisect_module collections_count collections_deque collections_deque_sequence collections_dict compare_digest context_module \
    datetime_date datetime_delta datetime_iso datetime_module datetime_moment datetime_stamp datetime_time datetime_zone \
    functools_cache functools_module functools_partial hash_md hash_module hash_sponge heapq_module \
    itertools_combine itertools_filter itertools_group itertools_module itertools_series itertools_tee json_encode json_quote json_scan \
    math_gamma math_integer math_module math_sum micropython_module operator_getter operator_module random_module \
    re_emit re_group re_match re_matched re_module re_parse struct_format struct_module struct_value support_small \
    time_calendar time_format time_module time_seconds time_struct
FW_OS     := flashfs_block flashfs_entry flashfs_file flashfs_name flashfs_tree flashfs_volume async_future async_handle async_loop async_task async_watch posix_module select_module
FW_SRC    := $(wildcard src/*/*.c) $(FW_STD:%=modules/std/%.c) $(FW_OS:%=modules/os/%.c) $(wildcard modules/machine/*.c) \
    $(filter-out %/frozen.c,$(wildcard ports/stm32f405/*.c))
FW_OBJS   := $(FW_SRC:%.c=$(FW)/obj/%.o)
# Modules of lib/, as they are, and those of the device in place of larger ones.
FW_LIB    := __future__ _abc_mapping _abc_mutable_mapping _abc_mutable_sequence _abc_sequence _abc_set _abc_view _sitebuiltins _types_class _typing_mark _typing_parameter _typing_record \
    _weakref_call _weakref_map _weakrefset atexit bisect collections/__init__ collections/_counter collections/_namedtuple collections/_repr \
    contextvars copy copyreg heapq keyword operator re weakref \
    $(addprefix asyncio/,exceptions locks queues taskgroups timeouts _micropython _waitqueue) $(patsubst lib/%.py,%,$(wildcard lib/drivers/*.py))
# Those whose instructions are not packed, so that they run where they are: packed ones take RAM when they are imported.
FW_IN_PLACE  := $(addprefix asyncio/,base_events coroutines events futures locks queues runners tasks timeouts _wait _waitqueue) $(addprefix importlib/,_bootstrap _files)
FW_OWN    := $(wildcard ports/stm32f405/lib/*.py ports/stm32f405/lib/*/*.py)

.PHONY: firmware
firmware: toolchain ## build the STM32F405 firmware: build/stm32f405/krait.elf, .bin, .hex, .dfu
	@sh tools/packages.sh gcc-arm-none-eabi libnewlib-arm-none-eabi
	@$(MAKE) --no-print-directory -j$(JOBS) $(addprefix $(FW)/krait.,elf bin hex dfu) $(FW)/rooms.map
	@sh tools/firmware_size.sh

# The library without docstrings and line tables, in a folder where the device's own files stand over those of lib/.
$(FW)/lib: $(FW_LIB:%=lib/%.py) $(FW_OWN) ports/stm32f405/build.mk
	@rm -rf $@
	@for f in $(FW_LIB); do mkdir -p $@/$$(dirname $$f) && cp lib/$$f.py $@/$$f.py || exit 1; done
	@for f in $(FW_OWN:ports/stm32f405/lib/%=%); do mkdir -p $@/$$(dirname $$f) && cp ports/stm32f405/lib/$$f $@/$$f || exit 1; done
	@touch $@
$(FW)/frozen.inc: $(FREEZE) $(FW)/lib
	@echo "  freeze lib for stm32f405"
	@cd $(FW)/lib && $(CURDIR)/$(FREEZE) -OO -l -z $(FW_IN_PLACE:%=-a ./%.py) -o ../frozen.inc . $$(find . -name '*.py' | LC_ALL=C sort)
$(FW)/obj/ports/stm32f405/frozen.o: $(FW)/frozen.inc

# The compiler recurses: functions that are called once keep their frames to themselves.
$(FW)/obj/src/compile/%.o: FW_EXTRA := -fno-inline-functions-called-once
# The collector's loops: a pause is what they take.
$(addprefix $(FW)/obj/src/object/,collector.o heap_block.o): FW_EXTRA := -O2 -fno-if-conversion -fno-if-conversion2
# What the compiler itself calls: the calls are made at the very end, and loops must not become calls of the functions that they are in.
$(addprefix $(FW)/obj/ports/stm32f405/,memory.o divide.o): FW_EXTRA := -fno-lto -O2 -fno-tree-loop-distribute-patterns
# Texts that are only shown are shortened between the preprocessor and the compiler.
$(FW)/shorten: tools/shorten.c src/base/phrase_table.h
	@mkdir -p $(@D)
	@$(CC) -std=c11 $(WARN) -Isrc -O1 -o $@ $<
define fw-compile
	@mkdir -p $(@D)
	@echo "  cc stm32f405 $<"
	@$(FW_CC) $(FW_CFLAGS) $(FW_DEFINE) -I$(FW) -MMD -MP -MT $@ -E -o $(@:.o=.i) $<
	@$(FW)/shorten < $(@:.o=.i) > $(@:.o=.short.i)
	@$(FW_CC) $(FW_CFLAGS) $(FW_EXTRA) -c -o $@ $(@:.o=.short.i)
endef
$(FW)/obj/%.o: %.c $(FW)/shorten ports/stm32f405/build.mk
	$(fw-compile)

$(FW)/krait.elf: $(FW_OBJS) $(FW)/obj/ports/stm32f405/frozen.o ports/stm32f405/stm32f405.ld
	@echo "  ld $@"
	@$(FW_CC) $(FW_LINK) -flto=$(JOBS) -o $@ $(filter %.o,$^) -lm
$(FW)/krait.bin: $(FW)/krait.elf
	@arm-none-eabi-objcopy -O binary --gap-fill 0xFF $< $@
$(FW)/krait.hex: $(FW)/krait.elf
	@arm-none-eabi-objcopy -O ihex $< $@
$(FW)/krait.dfu: $(FW)/krait.elf $(FW)/dfu
	@$(FW)/dfu $< $@
$(FW)/dfu: tools/dfu.c
	@mkdir -p $(@D)
	@$(CC) -std=c11 $(WARN) -O1 -o $@ $<

# The same with a collector that works at every allocation: gc.threshold(1) in it collects, gc.threshold(2) takes the smallest step.
FW_STRESS := $(addprefix src/object/,collector heap heap_block)
$(FW)/stress/%.o: FW_DEFINE := -DKR_GC_STRESS=1
$(FW_STRESS:%=$(FW)/stress/%.o): $(FW)/stress/%.o: %.c $(FW)/shorten ports/stm32f405/build.mk
	$(fw-compile)
$(FW)/stress.elf: $(FW)/krait.elf $(FW_STRESS:%=$(FW)/stress/%.o)
	@echo "  ld $@"
	@$(FW_CC) $(FW_LINK) -flto=$(JOBS) -o $@ $(filter-out $(FW_STRESS:%=$(FW)/obj/%.o),$(FW_OBJS)) $(filter %.o,$^) $(FW)/obj/ports/stm32f405/frozen.o -lm

# The same without link-time optimisation, whose map still says which file each function comes from: for the sizes of rooms.
$(FW)/rooms.map: $(FW)/krait.elf
	@$(FW_CC) $(FW_LINK) -Wl,--defsym=kr_flash_size=4M -fno-lto -Wl,-Map=$@ -o $(FW)/rooms.elf $(FW_OBJS) $(FW)/obj/ports/stm32f405/frozen.o -lm

.PHONY: phrases
phrases: $(BUILD)/krait $(FW)/shorten $(FW)/frozen.inc ## choose the phrases of the firmware's texts anew: src/base/phrase_table.h
	@for f in $(FW_SRC); do $(FW_CC) $(FW_CFLAGS) -I$(FW) -E $$f || exit 1; done | $(FW)/shorten -l > $(FW)/texts.txt
	$(BUILD)/krait tools/gen_phrases.py < $(FW)/texts.txt > $(FW)/phrase_table.h
	@mv $(FW)/phrase_table.h src/base/phrase_table.h

.PHONY: qemu firmware-image stress-image test-firmware bench-device
firmware-image: toolchain
	@sh tools/packages.sh gcc-arm-none-eabi libnewlib-arm-none-eabi qemu-system-arm
	@$(MAKE) --no-print-directory -j$(JOBS) $(FW)/krait.elf
stress-image: firmware-image
	@$(MAKE) --no-print-directory -j$(JOBS) $(FW)/stress.elf
qemu: firmware-image ## the firmware in QEMU, its prompt in this terminal; Ctrl-A X ends it
	@qemu-system-arm -M netduinoplus2 -nographic -serial mon:stdio -kernel $(FW)/krait.elf
test-firmware: all flashfs device stress-image ## test the firmware in QEMU over its serial line: prompt, krait remote, and the tests of the language and its types
	sh tests/firmware/memory.sh $(BUILD)/device/krait
	$(BUILD)/krait tests/firmware/prompt.py
	$(BUILD)/krait tests/firmware/library.py
	$(BUILD)/krait tests/firmware/files.py
	$(BUILD)/krait tests/firmware/crash.py
	$(BUILD)/krait tests/firmware/boot.py
	sh tests/firmware/remote.sh $(BUILD)/krait
	$(BUILD)/krait tests/firmware/language.py -j 2
	$(BUILD)/krait tests/firmware/stress.py -j 2
bench-device: all firmware-image ## executed instructions of five programs on the firmware, beside MicroPython's; writes docs/bench-device.md
	$(BUILD)/krait bench/device/run.py $(FW)/krait.elf docs/bench-device.md

.PHONY: board-test
board-test: all toolchain ## the STM32F405's board: its drivers over a model of the registers, and what the firmware in QEMU knows after crashes
	@sh tools/packages.sh gcc-arm-none-eabi libnewlib-arm-none-eabi qemu-system-arm
	@$(MAKE) --no-print-directory -j$(JOBS) MODE=release $(BUILD)/release/chip
	sh tests/run.sh $(BUILD)/release/chip -j $(JOBS) tests/stm32/chip
	@$(MAKE) --no-print-directory -j$(JOBS) $(FW)/krait.elf
	$(BUILD)/krait tests/firmware/crash.py $(FW)/krait.elf

-include $(FW_OBJS:.o=.d) $(FW_STRESS:%=$(FW)/stress/%.d)
