// library.c - dlopen and its kin of a program that is one static file: there is nothing that it could load. With these, the linker leaves out the C
// library's own, which would look for shared libraries of the very version that it was built with.
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stddef.h>

void *dlopen(const char *name, int how) { return (void)name, (void)how, NULL; }
void *dlsym(void *restrict library, const char *restrict name) { return (void)library, (void)name, NULL; }
int dlclose(void *library) { return (void)library, 0; }
int dladdr(const void *at, Dl_info *info) { return (void)at, (void)info, 0; }
static char why[] = "this program is one static file and loads no libraries";
char *dlerror(void) { return why; }
