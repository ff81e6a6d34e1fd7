/* The input is a roster. */
#undef NDEBUG
#include "base/mem.h"
#include "base/text.h"
#include "session/roster.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What people may be shown, and the file may hold. */
static void check_cell(const struct roster_cell *cell) {
    size_t len = strlen(cell->s);
    assert(text_valid(cell->s, len) && !strpbrk(cell->s, "\r\n\t"));
    assert(len == 0 || (cell->s[0] != ' ' && cell->s[len - 1] != ' '));
    assert(len <= ROSTER_NAME_MAX && cell->line >= 1 && cell->column >= 1);
}

static void check_row(const struct roster_row *row, long lines) {
    assert(row->line >= 1 && row->line <= lines);
    if (row->fault.what) {
        assert(row->fault.line >= row->line && row->fault.line <= lines);
        assert(row->fault.column >= 1);
        return;
    }
    assert(*roster_get(row, ROSTER_NAME));
    for (int f = 0; f < ROSTER_FIELD_COUNT; f++)
        if (row->cell[f].s)
            check_cell(&row->cell[f]);
}

/* A row written with every field quoted reads as the same. */
static void check_again(const struct roster_row *row) {
    struct buf b = BUF_INIT;
    struct roster again = ROSTER_INIT;
    struct err err = ERR_INIT;
    for (int f = 0; f < ROSTER_FIELD_COUNT; f++) {
        const char *s = roster_get(row, (enum roster_field)f);
        buf_puts(&b, f ? ",\"" : "\"");
        for (; *s; s++)
            buf_addf(&b, "%s%c", *s == '"' ? "\"" : "", *s);
        buf_putc(&b, '"');
    }
    assert(roster_parse_line(&again, b.s, &err) == 0 && !again.rows.v[0].fault.what);
    for (int f = 0; f < ROSTER_FIELD_COUNT; f++)
        assert(strcmp(roster_get(row, (enum roster_field)f),
                      roster_get(&again.rows.v[0], (enum roster_field)f)) == 0);
    roster_release(&again);
    buf_release(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct roster r = ROSTER_INIT;
    struct err err = ERR_INIT;
    long lines = 2;
    for (size_t i = 0; i < size; i++)
        lines += data[i] == '\n' || data[i] == '\r';
    int result = roster_parse(&r, (const char *)data, size, &err);
    assert(result == 0 ? r.rows.n > 0 : err.what != NULL);
    for (size_t i = 0; i < r.rows.n; i++) {
        check_row(&r.rows.v[i], lines);
        if (!r.rows.v[i].fault.what)
            check_again(&r.rows.v[i]);
    }
    roster_release(&r);
    err_release(&err);
    return 0;
}
