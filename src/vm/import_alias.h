// import_alias.h - modules under MicroPython's other names: import ujson.
// SPDX-License-Identifier: MIT
#ifndef KR_VM_IMPORT_ALIAS_H
#define KR_VM_IMPORT_ALIAS_H

#include "krait.h"

// The module's real name ("ujson" -> "json", "uasyncio.queues" -> "asyncio.queues"); KR_UNSET: it is no other name.
KrValue kr_import_alias(KrVm *vm, KrValue name) KR_RAISES;

#endif
