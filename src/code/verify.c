// verify.c - stub
#include "code/verify.h"
bool kr_code_verify(KrVm *vm, const KrCode *code, bool top) { return (void)vm, (void)code, (void)top, true; }
