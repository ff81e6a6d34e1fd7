#include "roster.h"

#include "base/text.h"

#include <stdio.h>

static const char *const blanks = " \t";

struct scan {
    const char *s;
    size_t len, at;
    long line;
    size_t line_start;
    char separator;
};

typedef VEC(struct roster_cell) cell_vec;

/* ---- faults */

static int set_fault(struct roster_row *row, const struct roster_cell *at,
                     const char *what, const char *todo) {
    if (row->fault.what)
        return -1;
    err_set(&row->fault, "%s", what);
    err_at(&row->fault, NULL, at->line, at->column);
    return todo ? err_todo(&row->fault, "%s", todo) : -1;
}

void roster_fault(struct roster_row *row, enum roster_field f, const char *what,
                  const char *todo) {
    struct roster_cell start = {NULL, row->line, 1};
    set_fault(row, row->cell[f].s ? &row->cell[f] : &start, what, todo);
}

size_t roster_wrong(const struct roster *r, const struct roster_row **first) {
    size_t wrong = 0;
    for (size_t i = 0; i < r->rows.n; i++) {
        if (r->rows.v[i].fault.what && wrong++ == 0)
            *first = &r->rows.v[i];
    }
    return wrong;
}

const char *roster_get(const struct roster_row *row, enum roster_field f) {
    return row->cell[f].s ? row->cell[f].s : "";
}

static void row_release(struct roster_row *row) {
    for (int f = 0; f < ROSTER_FIELD_COUNT; f++)
        mem_free(row->cell[f].s);
    err_release(&row->fault);
}

void roster_release(struct roster *r) {
    for (size_t i = 0; i < r->rows.n; i++)
        row_release(&r->rows.v[i]);
    vec_release(&r->rows);
}

/* ---- characters */

static bool at_end(const struct scan *t) {
    return t->at >= t->len;
}

static bool at_break(const struct scan *t) {
    return !at_end(t) && (t->s[t->at] == '\n' || t->s[t->at] == '\r');
}

/* Over LF, CR LF or CR. */
static void skip_break(struct scan *t) {
    if (t->s[t->at] == '\r' && t->at + 1 < t->len && t->s[t->at + 1] == '\n')
        t->at++;
    t->at++;
    t->line++;
    t->line_start = t->at;
}

static void skip_blanks(struct scan *t) {
    while (!at_end(t) && t->s[t->at] != '\0' && strchr(blanks, t->s[t->at]))
        t->at++;
}

static bool at_cell_end(const struct scan *t) {
    return at_end(t) || at_break(t) || t->s[t->at] == t->separator;
}

/* ---- a cell */

/* One blank for each run of blanks and line breaks, none at the ends. */
static char *tidy(const char *s, size_t len) {
    struct buf b = BUF_INIT;
    for (size_t i = 0; i < len; i++) {
        bool wide = i + 1 < len && s[i] == '\xC2' && s[i + 1] == '\xA0';
        i += wide;
        if (!wide && (s[i] == '\0' || !strchr(" \t\r\n", s[i])))
            buf_putc(&b, s[i]);
        else if (b.len && b.s[b.len - 1] != ' ')
            buf_putc(&b, ' ');
    }
    if (b.len && b.s[b.len - 1] == ' ')
        buf_cut(&b, b.len - 1);
    return buf_detach(&b);
}

static void read_quoted(struct scan *t, struct roster_row *row,
                        const struct roster_cell *cell, struct buf *out) {
    for (t->at++; !at_end(t);) {
        if (t->s[t->at] != '"') {
            buf_putc(out, t->s[t->at]);
            if (at_break(t))
                skip_break(t);
            else
                t->at++;
        } else if (t->at + 1 < t->len && t->s[t->at + 1] == '"') {
            buf_putc(out, '"');
            t->at += 2;
        } else {
            t->at++;
            return;
        }
    }
    set_fault(row, cell, "this quotation mark is never closed",
              "a quotation mark in a quoted field is doubled: \"\"");
}

static void read_after_quote(struct scan *t, struct roster_row *row) {
    skip_blanks(t);
    struct roster_cell here = {NULL, t->line, (long)(t->at - t->line_start) + 1};
    if (!at_cell_end(t))
        set_fault(row, &here, "text follows the closing quotation mark",
                  "a quotation mark in a quoted field is doubled: \"\"");
    while (!at_cell_end(t))
        t->at++;
}

static void check_cell(struct roster_row *row, const struct roster_cell *cell,
                       const struct buf *raw) {
    if (memchr(raw->s, '\0', raw->len))
        set_fault(row, cell, "it holds a NUL byte", "save the file as “CSV UTF-8”");
    else if (!text_valid(raw->s, raw->len))
        set_fault(row, cell, "it is not UTF-8", "save the file as “CSV UTF-8”");
    else if (raw->len > ROSTER_NAME_MAX)
        set_fault(row, cell, "it is too long for a name",
                  "a name is 200 bytes at most; was a quotation mark left open?");
}

static struct roster_cell read_cell(struct scan *t, struct roster_row *row) {
    struct buf raw = BUF_INIT;
    skip_blanks(t);
    struct roster_cell cell = {NULL, t->line, (long)(t->at - t->line_start) + 1};
    if (!at_end(t) && t->s[t->at] == '"' && t->separator != '"') {
        read_quoted(t, row, &cell, &raw);
        read_after_quote(t, row);
    } else {
        size_t from = t->at;
        while (!at_cell_end(t))
            t->at++;
        buf_add(&raw, t->s + from, t->at - from);
    }
    check_cell(row, &cell, &raw);
    cell.s = tidy(raw.s, raw.len);
    buf_release(&raw);
    return cell;
}

/* ---- a row */

static void cells_release(cell_vec *cells) {
    for (size_t i = 0; i < cells->n; i++)
        mem_free(cells->v[i].s);
    vec_release(cells);
}

/* All cells of the next row, with the fault of the row where there is one. */
static void read_cells(struct scan *t, cell_vec *cells, struct roster_row *row) {
    for (;;) {
        vec_push(cells, read_cell(t, row));
        if (at_end(t) || at_break(t))
            break;
        t->at++;
    }
    if (!at_end(t))
        skip_break(t);
}

static bool all_empty(const cell_vec *cells, const struct roster_row *row) {
    for (size_t i = 0; i < cells->n; i++)
        if (*cells->v[i].s)
            return false;
    return !row->fault.what;
}

/* Which field the cells of a column are. */
typedef VEC(int) column_vec;

static void take_cells(struct roster_row *row, cell_vec *cells,
                       const column_vec *columns) {
    for (size_t i = 0; i < cells->n; i++) {
        struct roster_cell *cell = &cells->v[i];
        int f = i < columns->n ? columns->v[i] : -1;
        if (f >= 0 && !row->cell[f].s) {
            row->cell[f] = *cell;
            cell->s = NULL;
        } else if (i >= columns->n && *cell->s) {
            set_fault(row, cell, "a field too many",
                      "put quotation marks round a field that holds the separator");
        }
    }
    if (!*roster_get(row, ROSTER_NAME))
        roster_fault(row, ROSTER_NAME, "a participant needs a name",
                     "NAME, SIDE, CONSTITUENCY, ROLE");
}

/* ---- the header */

/* The field that a heading names, or -1. */
static int heading(const char *s) {
    static const struct {
        const char *word;
        int field;
    } words[] = {
        {"name", ROSTER_NAME},
        {"имя", ROSTER_NAME},
        {"фио", ROSTER_NAME},
        {"side", ROSTER_SIDE},
        {"сторона", ROSTER_SIDE},
        {"constituency", ROSTER_CONSTITUENCY},
        {"группа", ROSTER_CONSTITUENCY},
        {"role", ROSTER_ROLE},
        {"роль", ROSTER_ROLE},
    };
    struct buf b = BUF_INIT;
    int found = -1;
    text_fold(&b, s, strlen(s));
    for (size_t i = 0; found < 0 && i < sizeof words / sizeof *words; i++)
        if (strcmp(b.s, words[i].word) == 0)
            found = words[i].field;
    buf_release(&b);
    return found;
}

/* Whether it is one: it names the column of names, or nothing but columns. */
static bool is_header(const cell_vec *cells) {
    size_t known = 0;
    for (size_t i = 0; i < cells->n; i++) {
        int f = heading(cells->v[i].s);
        if (f == ROSTER_NAME)
            return true;
        known += f >= 0;
    }
    return known > 0 && known == cells->n;
}

static void take_header(struct roster_row *row, const cell_vec *cells,
                        column_vec *columns) {
    unsigned seen = 0;
    columns->n = 0;
    for (size_t i = 0; i < cells->n; i++) {
        int f = heading(cells->v[i].s);
        if (f >= 0 && seen & 1u << f)
            set_fault(row, &cells->v[i], "two columns have this heading",
                      "name, side, constituency, role: each once");
        seen |= f >= 0 ? 1u << f : 0;
        vec_push(columns, f);
    }
    if (!(seen & 1u << ROSTER_NAME))
        set_fault(row, &cells->v[0], "no column has the heading “name”",
                  "name, side, constituency, role are the headings");
}

/* ---- a text */

/* That of the first row that has one outside quotation marks; a name may hold a comma,
 * but hardly a semicolon. */
static char find_separator(const char *s, size_t len) {
    bool quoted = false, comma = false;
    for (size_t i = 0; i < len; i++) {
        quoted ^= s[i] == '"';
        if (quoted)
            continue;
        if (s[i] == ';')
            return ';';
        comma |= s[i] == ',';
        if (comma && (s[i] == '\n' || s[i] == '\r'))
            break;
    }
    return ',';
}

static void usual_columns(column_vec *columns) {
    for (int f = 0; f < ROSTER_FIELD_COUNT; f++)
        vec_push(columns, f);
}

static int parse_rows(struct roster *r, struct scan *t, bool header, struct err *err) {
    column_vec columns = {0};
    int result = 0;
    usual_columns(&columns);
    while (!at_end(t) && result == 0) {
        struct roster_row row = {.line = t->line, .fault = ERR_INIT};
        cell_vec cells = {0};
        read_cells(t, &cells, &row);
        bool empty = all_empty(&cells, &row), heads = header && is_header(&cells);
        if (heads)
            take_header(&row, &cells, &columns);
        else if (!empty)
            take_cells(&row, &cells, &columns);
        header &= empty;
        if (!empty && !(heads && !row.fault.what))
            vec_push(&r->rows, row);
        else
            row_release(&row);
        cells_release(&cells);
        if (r->rows.n > ROSTER_ROWS_MAX)
            result = err_set(err, "it has more than %d participants", ROSTER_ROWS_MAX);
    }
    vec_release(&columns);
    return result;
}

int roster_parse(struct roster *r, const char *s, size_t len, struct err *err) {
    if (len >= 2 && (memcmp(s, "\xFF\xFE", 2) == 0 || memcmp(s, "\xFE\xFF", 2) == 0)) {
        err_set(err, "it is UTF-16, not UTF-8");
        return err_todo(err, "save it as “CSV UTF-8”");
    }
    size_t mark = len >= 3 && memcmp(s, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    struct scan t = {s + mark, len - mark, 0, 1, 0, find_separator(s + mark, len - mark)};
    if (parse_rows(r, &t, true, err) < 0)
        return -1;
    if (r->rows.n)
        return 0;
    err_set(err, "it names no participants");
    return err_todo(err, "a roster has lines such as: NAME, SIDE, CONSTITUENCY, ROLE");
}

int roster_parse_line(struct roster *r, const char *s, struct err *err) {
    struct scan t = {s, strlen(s), 0, 1, 0, find_separator(s, strlen(s))};
    if (parse_rows(r, &t, false, err) < 0)
        return -1;
    if (r->rows.n == 1)
        return 0;
    err_set(err, r->rows.n ? "that is more than one participant"
                           : "a participant needs a name");
    return err_todo(err, "NAME, SIDE, CONSTITUENCY, ROLE");
}
