// frame_jump.h - `frame.f_lineno = n`: going on at another line.
// SPDX-License-Identifier: MIT
#ifndef KR_VM_FRAME_JUMP_H
#define KR_VM_FRAME_JUMP_H

#include "vm/frame.h"

// Sets the line of a frame whose trace function is running; raises ValueError where it cannot go on there.
bool kr_frame_set_line(KrVm *vm, KrValue frame, KrValue line) KR_RAISES;

#endif
