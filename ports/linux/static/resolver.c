// resolver.c - functions of the C library that look up names, of a program that is one static file. Krait has a resolver of its own; OpenSSL's
// are never called. With these, the linker leaves out the C library's own, which would load shared libraries of the very version that it was
// built with.
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include <netdb.h>
#include <stddef.h>

int getaddrinfo(const char *restrict host, const char *restrict service, const struct addrinfo *restrict hints,
                struct addrinfo **restrict out) {
    return (void)host, (void)service, (void)hints, (void)out, EAI_FAIL;
}

void freeaddrinfo(struct addrinfo *list) { (void)list; }

int getnameinfo(const struct sockaddr *restrict address, socklen_t len, char *restrict host, socklen_t host_room, char *restrict service,
                socklen_t service_room, int flags) {
    return (void)address, (void)len, (void)host, (void)host_room, (void)service, (void)service_room, (void)flags, EAI_FAIL;
}

const char *gai_strerror(int error) { return (void)error, "names are not looked up here"; }
struct hostent *gethostbyname(const char *name) {
    return (void)name, NULL;
}
struct servent *getservbyname(const char *name, const char *protocol) {
    return (void)name, (void)protocol, NULL;
}
