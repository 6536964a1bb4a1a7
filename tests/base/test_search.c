// test_search.c - search functions against the obvious ones, on small alphabets, and their time on hostile input.
// SPDX-License-Identifier: MIT
#include "base/search.h"

#include <stdlib.h>
#include <string.h>

#include "text_check.h"

static size_t slow_find(const char *hay, size_t hay_len, const char *needle, size_t len, bool last) {
    size_t found = KR_NOT_FOUND;
    for (size_t i = 0; i + len <= hay_len; i++) {
        if (memcmp(hay + i, needle, len) != 0) continue;
        found = i;
        if (!last) break;
    }
    return found;
}

static size_t slow_count(const char *hay, size_t hay_len, const char *needle, size_t len) {
    size_t count = 0;
    for (size_t i = 0; i + len <= hay_len;) {
        if (memcmp(hay + i, needle, len) == 0) {
            count++;
            i += len;
        } else {
            i++;
        }
    }
    return count;
}

// A block of exactly len bytes out of the first letters of the alphabet, sometimes periodic.
static char *random_bytes(size_t len, uint32_t letters) {
    char *data = malloc(len ? len : 1);
    size_t period = check_random(3) ? len : 1 + check_random(6);
    for (size_t i = 0; i < len; i++) data[i] = i >= period && check_random(40) ? data[i - period] : (char)('a' + check_random(letters));
    return data;
}

static void check_one(const char *hay, size_t hay_len, const char *needle, size_t len) {
    CHECK(kr_bytes_find(hay, hay_len, needle, len) == slow_find(hay, hay_len, needle, len, false));
    CHECK(kr_bytes_rfind(hay, hay_len, needle, len) == slow_find(hay, hay_len, needle, len, true));
    if (len == 0) return;
    size_t count = slow_count(hay, hay_len, needle, len);
    CHECK(kr_bytes_count(hay, hay_len, needle, len, SIZE_MAX) == count);
    CHECK(kr_bytes_count(hay, hay_len, needle, len, 2) == (count < 2 ? count : 2));
    CHECK(kr_byte_find(hay, hay_len, (uint8_t)needle[0]) == slow_find(hay, hay_len, needle, 1, false));
    CHECK(kr_byte_rfind(hay, hay_len, (uint8_t)needle[0]) == slow_find(hay, hay_len, needle, 1, true));
    CHECK(kr_byte_count(hay, hay_len, (uint8_t)needle[0]) == slow_count(hay, hay_len, needle, 1));
}

static void test_random(void) {
    for (int round = 0; round < 60000; round++) {
        size_t hay_len = check_random(round % 40 ? 60 : 3000);
        uint32_t letters = 1 + check_random(4);
        char *hay = random_bytes(hay_len, letters);
        size_t len = check_random(round % 3 ? 6 : (uint32_t)hay_len + 3);
        char *needle;
        if (len <= hay_len && check_random(2)) { // a needle that is there, perhaps but for one byte
            needle = malloc(len ? len : 1);
            memcpy(needle, hay + check_random((uint32_t)(hay_len - len) + 1), len);
            if (len && check_random(2)) needle[check_random((uint32_t)len)] ^= 1;
        } else {
            needle = random_bytes(len, letters);
        }
        check_one(hay, hay_len, needle, len);
        free(hay);
        free(needle);
    }
}

static void test_edges(void) {
    CHECK(kr_bytes_find("abc", 3, "", 0) == 0 && kr_bytes_rfind("abc", 3, "", 0) == 3 && kr_bytes_count("abc", 3, "", 0, SIZE_MAX) == 4);
    CHECK(kr_bytes_count("abc", 3, "", 0, 2) == 2 && kr_bytes_count("abc", 3, "a", 1, 0) == 0);
    CHECK(kr_bytes_find("", 0, "a", 1) == KR_NOT_FOUND && kr_bytes_rfind("", 0, "ab", 2) == KR_NOT_FOUND);
    for (int byte = 0; byte < 256; byte++) { // neighbours of the byte sought must not disturb the word test
        uint8_t data[24];
        for (size_t i = 0; i < sizeof data; i++) data[i] = (uint8_t)(byte + 1 + (int)(i % 3) * 127);
        data[13] = (uint8_t)byte;
        CHECK(kr_byte_find(data, sizeof data, (uint8_t)byte) == 13 && kr_byte_rfind(data, sizeof data, (uint8_t)byte) == 13);
        CHECK(kr_byte_count(data, sizeof data, (uint8_t)byte) == 1);
    }
}

// Quadratic time would take minutes here.
static void test_hostile(void) {
    size_t hay_len = 4000000, len = 400000;
    char *hay = malloc(hay_len), *needle = malloc(len);
    memset(hay, 'a', hay_len);
    memset(needle, 'a', len);
    needle[len / 2] = 'b';
    CHECK(kr_bytes_find(hay, hay_len, needle, len) == KR_NOT_FOUND);
    CHECK(kr_bytes_rfind(hay, hay_len, needle, len) == KR_NOT_FOUND);
    needle[len / 2] = 'a';
    needle[1] = 'b';
    CHECK(kr_bytes_rfind(hay, hay_len, needle, len) == KR_NOT_FOUND);
    hay[hay_len - len + 1] = 'b';
    CHECK(kr_bytes_find(hay, hay_len, needle, len) == hay_len - len);
    needle[1] = 'a';
    needle[len - 2] = 'b';
    CHECK(kr_bytes_find(hay, hay_len, needle, len) == hay_len - 2 * len + 3);
    CHECK(kr_bytes_count(hay, hay_len, needle, len, SIZE_MAX) == 1);
    free(hay);
    free(needle);
}

int main(void) {
    test_random();
    test_edges();
    test_hostile();
    return check_result("search");
}
