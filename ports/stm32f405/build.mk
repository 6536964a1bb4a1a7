# build.mk - the firmware of the STM32F405 port: `make stm32` builds build/stm32/krait.elf, `make qemu-smoke` tests it in an emulator.
STM32      := $(BUILD)/stm32
STM32_CC   := $(if $(findstring ccache,$(CC)),ccache )arm-none-eabi-gcc
STM32_SRC  := $(wildcard src/*/*.c) $(wildcard modules/std/time_*.c) \
    $(filter-out %/frozen.c,$(wildcard ports/stm32f405/*.c))
STM32_OBJS := $(STM32_SRC:%.c=$(STM32)/obj/%.o)
STM32_CPU  := -mcpu=cortex-m4 -mthumb -mfpu=fpv4-sp-d16 -mfloat-abi=hard
STM32_CFLAGS := -std=c11 $(WARN) -Iinclude -Isrc -Iports -ffp-contract=off -fno-math-errno -ffunction-sections -fdata-sections -MMD -MP $(STM32_CPU) \
    -Os -g1 -flto -ffat-lto-objects -ffreestanding -DKR_DEVICE=1 -DKR_DOCSTRINGS=0 -DKR_UNICODE_FULL=0 -DKR_IO_FULL=0 -DKR_COMPUTED_GOTO=0
STM32_LINK := $(STM32_CPU) -Os -g1 -nostartfiles --specs=nano.specs -T ports/stm32f405/stm32f405.ld -Wl,--gc-sections

.PHONY: stm32 qemu-smoke
stm32: toolchain ## build the STM32F405 firmware: build/stm32/krait.elf
	@sh tools/packages.sh gcc-arm-none-eabi libnewlib-arm-none-eabi
	@$(MAKE) --no-print-directory -j$(JOBS) $(STM32)/krait.elf

# Two images: the product, whose library has neither docstrings nor line tables, and one with the tests and benchmarks frozen in.
STM32_LIB   := lib/_sitebuiltins.py
STM32_TESTS := $(addprefix tests/lang/,$(addsuffix .py,$(shell cat tests/stm32/files.txt))) $(wildcard bench/device/*.py)
$(STM32)/test.frozen/stm32_frozen.inc: tests/stm32/files.txt $(STM32_TESTS)
$(STM32)/test.frozen/stm32_frozen.inc: STM32_FROZEN = $(STM32_TESTS)
$(STM32)/krait.frozen/stm32_frozen.inc: STM32_FREEZE = -OO -l
$(STM32)/%.frozen/stm32_frozen.inc: $(FREEZE) $(STM32_LIB) ports/stm32f405/build.mk
	@rm -rf $(@D); mkdir -p $(@D)/lib; cp -r lib $(@D); for f in $(STM32_FROZEN); do cp $$f $(@D)/lib; done
	@$(FREEZE) $(STM32_FREEZE) -o $@ $(@D)/lib $(addprefix $(@D)/,$(STM32_LIB)) $(addprefix $(@D)/lib/,$(notdir $(STM32_FROZEN)))

# The compiler recurses: functions that are called once keep their frames to themselves.
$(STM32)/obj/src/compile/%.o: STM32_EXTRA := -fno-inline-functions-called-once
# What the compiler itself calls: the calls are made at the very end, and loops must not become calls of the functions that they are in.
$(addprefix $(STM32)/obj/ports/stm32f405/,memory.o divide.o): STM32_EXTRA := -fno-lto -O2 -fno-tree-loop-distribute-patterns
$(STM32)/obj/%.o: %.c ports/stm32f405/build.mk
	@mkdir -p $(@D)
	@echo "  cc stm32 $<"
	@$(STM32_CC) $(STM32_CFLAGS) $(STM32_EXTRA) -c -o $@ $<

$(STM32)/krait.elf $(STM32)/test.elf: %.elf: %.frozen/stm32_frozen.inc $(STM32_OBJS) ports/stm32f405/frozen.c ports/stm32f405/stm32f405.ld
	@echo "  ld $@"
	@$(STM32_CC) $(STM32_CFLAGS) -I$(<D) -c -o $(<D)/frozen.o ports/stm32f405/frozen.c
	@$(STM32_CC) $(STM32_LINK) -flto=$(JOBS) -o $@ $(STM32_OBJS) $(<D)/frozen.o

# The same without link-time optimisation, whose map still says which file each function comes from: for `make size`.
$(STM32)/rooms.map: $(STM32)/krait.elf
	@$(STM32_CC) $(STM32_LINK) -fno-lto -Wl,-Map=$@ -o $(STM32)/rooms.elf $(STM32_OBJS) $(STM32)/krait.frozen/frozen.o

qemu-smoke: toolchain ## test the firmware in QEMU
	@sh tools/packages.sh gcc-arm-none-eabi libnewlib-arm-none-eabi qemu-system-arm
	@$(MAKE) --no-print-directory -j$(JOBS) $(STM32)/krait.elf $(STM32)/test.elf
	@sh tests/stm32/smoke.sh

-include $(STM32_OBJS:.o=.d)
