/*
 * Any bytes as a memo: refused with a reason, or read; and what was read is the same
 * after it was written and read again.
 */
#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "store/memo_codec.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Reads the memo and writes it to *out; false when it is refused. */
static bool rewrite(const char *bytes, size_t len, struct buf *out) {
    struct err err = ERR_INIT;
    struct memo *m = memo_parse(bytes, len, "fuzz.xml", &err);

    if (!m && !err.what)
        abort(); /* refused without a reason */
    if (m && err.what)
        abort();
    if (m)
        memo_write(m, out);
    bool read = m != NULL;
    memo_free(m);
    err_release(&err);
    return read;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct buf first = BUF_INIT, second = BUF_INIT;

    if (rewrite((const char *)data, size, &first)) {
        if (!text_valid(first.s, first.len) || strstr(first.s, "<log>"))
            abort();
        if (!rewrite(first.s, first.len, &second))
            abort(); /* what was written cannot be read */
        if (first.len != second.len || memcmp(first.s, second.s, first.len) != 0)
            abort();
    }
    buf_release(&first);
    buf_release(&second);
    return 0;
}
