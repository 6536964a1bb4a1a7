// main.h - running a program to its end: what the command of every port shares.
// SPDX-License-Identifier: MIT
#ifndef KR_VM_MAIN_H
#define KR_VM_MAIN_H

#include "krait.h"

extern bool kr_interrupted_exit;      // the program ended by KeyboardInterrupt
int kr_exit_status(KrVm *vm);         // of the exception that is raised: SystemExit's code, or 1 after printing it
int kr_finish(KrVm *vm, int status);  // atexit work: flush the streams, finalizers; the final status
void kr_vm_leave(KrVm *vm);           // kr_vm_free, where the process ends: the system takes the memory back at once
KrValue kr_print_unhandled(KrVm *vm); // what is raised, by sys.excepthook; the SystemExit that it raised, or KR_UNSET
void kr_flush_stdout(KrVm *vm);       // errors are nobody's business
// Read, evaluate, print, until end of input. reader: an object whose read() gives a block of text, or None at the end; KR_UNSET: lines of
// sys.stdin.
KrValue kr_prompt(KrVm *vm, KrValue reader) KR_RAISES;
void kr_prompt_banner(KrVm *vm);
void kr_debug_settings(KrVm *vm); // debug builds: KRAIT_GC_STRESS and the like

#endif
