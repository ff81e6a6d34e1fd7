/* A finished ODT or DOCX taken apart, and what must hold of every one. For test_office.
 */
#ifndef TESTS_OFFICE_CHECK_H
#define TESTS_OFFICE_CHECK_H

#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <zip.h>

#include <cmocka.h>

struct made {
    struct buf bytes;
    zip_t *zip;
};

/* Takes the bytes over. */
struct made zip_of(struct buf bytes);
void unmake(struct made *m);
/* The content of a member; NULL where there is none. The caller frees it. */
char *member(const struct made *m, const char *name);
bool has(const struct made *m, const char *name, const char *what);

#define assert_has(m, name, what)                                                        \
    do {                                                                                 \
        if (!has(m, name, what))                                                         \
            fail_msg("%s has no %s:\n%s", name, what, member(m, name));                  \
    } while (0)
#define assert_has_not(m, name, what)                                                    \
    do {                                                                                 \
        if (has(m, name, what))                                                          \
            fail_msg("%s has %s:\n%s", name, what, member(m, name));                     \
    } while (0)

void check_odt(const struct made *m);
void check_docx(const struct made *m);

#endif
