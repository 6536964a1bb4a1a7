// main.h - running a program to its end: what the command of every port shares.
// SPDX-License-Identifier: MIT
#ifndef KR_VM_MAIN_H
#define KR_VM_MAIN_H

#include "krait.h"

extern bool kr_interrupted_exit;                   // the program ended by KeyboardInterrupt
int kr_exit_status(KrVm *vm);                      // of the exception that is raised: SystemExit's code, or 1 after printing it
int kr_finish(KrVm *vm, int status);               // atexit work: flush the streams, finalizers; the final status
KrValue kr_prompt(KrVm *vm, bool quiet) KR_RAISES; // read, evaluate, print, until end of input
void kr_debug_settings(KrVm *vm);                  // debug builds: KRAIT_GC_STRESS and the like

#endif
