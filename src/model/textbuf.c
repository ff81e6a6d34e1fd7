#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1 /* memrchr() */
#endif
#include "model/textbuf.h"

#include "base/mem.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>
#include <unictype.h>

/* Bytes that never leave a trace: overwritten when they move and when they are freed. */
struct bytes {
    char *s;
    size_t len, cap;
};

/* One step: `came` stands at `at` where `gone` stood. */
struct change {
    size_t at;
    struct bytes gone, came;
    size_t before, after; /* the cursor */
};

/* What the last call was, for those that go on where it ended. */
enum run { RUN_NONE, RUN_TYPE, RUN_BACKSPACE, RUN_DELETE, RUN_KILL, RUN_VERTICAL };

enum mark { MARK_NONE, MARK_SHIFT, MARK_SET };

struct rows {
    size_t width;
    VEC(size_t) starts; /* of the known rows, from the first; not empty when of use */
    bool complete;
};

struct textbuf {
    struct bytes text, killed;
    bool single_line;
    size_t cursor, anchor; /* anchor: the other end of the selection, where marked */
    enum mark mark;
    enum run run;
    size_t goal; /* column of a run of vertical movements */
    uint64_t version;
    VEC(struct change) changes;
    size_t done; /* changes before are undone, those from here on redone */
    struct rows rows;
};

/* ---- Bytes ---- */

static void bytes_wipe(struct bytes *b) {
    if (b->s)
        mem_wipe(b->s, b->cap);
    mem_free(b->s);
    *b = (struct bytes){0};
}

static void bytes_reserve(struct bytes *b, size_t len) {
    if (len < b->cap)
        return;
    if (len > SIZE_MAX / 4)
        mem_exhausted();
    struct bytes grown = {.len = b->len, .cap = len + len / 2 + 16};
    grown.s = mem_alloc(grown.cap);
    if (b->len > 0)
        memcpy(grown.s, b->s, b->len);
    bytes_wipe(b);
    *b = grown;
}

static void bytes_splice(struct bytes *b, size_t at, size_t gone, const char *s,
                         size_t len) {
    bytes_reserve(b, b->len - gone + len);
    memmove(b->s + at + len, b->s + at + gone, b->len - at - gone);
    if (len > 0)
        memcpy(b->s + at, s, len);
    b->len = b->len - gone + len;
    b->s[b->len] = '\0';
}

static void bytes_add(struct bytes *b, const char *s, size_t len) {
    bytes_splice(b, b->len, 0, s, len);
}

/* ---- What comes in ---- */

static void unify_feeds(struct bytes *b, bool single_line) {
    char feed = single_line ? ' ' : '\n';
    size_t to = 0;
    for (size_t i = 0; i < b->len; i++) {
        char c = b->s[i];
        if (c == '\r' && i + 1 < b->len && b->s[i + 1] == '\n')
            continue;
        b->s[to++] = c == '\r' || c == '\n' ? feed : c;
    }
    b->len = to;
}

/* s made fit, for the caller to wipe. */
static struct bytes fit(const struct textbuf *tb, const char *s, size_t len,
                        size_t *changed) {
    struct buf clean = BUF_INIT;
    if (len > SIZE_MAX / 8)
        mem_exhausted();
    buf_reserve(&clean, 3 * len); /* at once, since growing would leave copies */
    *changed = text_clean(&clean, s, len);
    struct bytes b = {clean.s, clean.len, clean.cap};
    unify_feeds(&b, tb->single_line);
    return b;
}

/* ---- Rows ---- */

static void rows_forget(struct textbuf *tb) {
    tb->rows.starts.n = 0;
    tb->rows.complete = false;
}

/* The last known row that starts at or before the offset. */
static size_t rows_search(const struct rows *r, size_t offset) {
    size_t low = 0, high = r->starts.n;
    while (high - low > 1) {
        size_t mid = low + (high - low) / 2;
        if (r->starts.v[mid] <= offset)
            low = mid;
        else
            high = mid;
    }
    return low;
}

/* Where a row ends depends on what follows it, on the next row and a character beyond. So
 * an edit leaves alone what starts two rows before. */
static void rows_edited(struct textbuf *tb, size_t at) {
    struct rows *r = &tb->rows;
    if (r->starts.n == 0)
        return;
    size_t row = rows_search(r, at);
    size_t keep = row > 1 ? row - 1 : 1;
    if (keep < r->starts.n)
        r->starts.n = keep;
    r->complete = false;
}

static void rows_begin(struct textbuf *tb, size_t width) {
    struct rows *r = &tb->rows;
    if (r->starts.n > 0 && r->width == width)
        return;
    rows_forget(tb);
    r->width = width;
    vec_push(&r->starts, 0);
}

/* False when the last row is known. */
static bool rows_extend(struct textbuf *tb) {
    struct rows *r = &tb->rows;
    struct text_line l;
    size_t last = r->starts.v[r->starts.n - 1];
    if (r->complete)
        return false;
    text_wrap(tb->text.s, tb->text.len, last, r->width, &l);
    r->complete = l.next > tb->text.len;
    if (!r->complete)
        vec_push(&r->starts, l.next);
    return !r->complete;
}

bool textbuf_row(struct textbuf *tb, size_t width, size_t row, struct text_line *line) {
    rows_begin(tb, width);
    while (row >= tb->rows.starts.n) {
        if (!rows_extend(tb))
            return false;
    }
    size_t start = tb->rows.starts.v[row];
    return text_wrap(tb->text.s, tb->text.len, start, width, line);
}

size_t textbuf_row_of(struct textbuf *tb, size_t width, size_t offset, size_t *column) {
    if (offset > tb->text.len)
        offset = tb->text.len;
    rows_begin(tb, width);
    const struct rows *r = &tb->rows;
    while (r->starts.v[r->starts.n - 1] <= offset && rows_extend(tb))
        ;
    size_t row = rows_search(r, offset);
    if (column) {
        size_t start = r->starts.v[row];
        size_t columns = text_columns(tb->text.s + start, offset - start);
        *column = columns < width ? columns : width;
    }
    return row;
}

size_t textbuf_rows(struct textbuf *tb, size_t width) {
    rows_begin(tb, width);
    while (rows_extend(tb))
        ;
    return tb->rows.starts.n;
}

/* The last offset that is drawn on the row. */
static size_t row_last(const struct textbuf *tb, const struct text_line *l) {
    if (l->hard || l->end < l->next)
        return l->end;
    return text_prev(tb->text.s, tb->text.len, l->end);
}

size_t textbuf_offset_at(struct textbuf *tb, size_t width, size_t row, size_t column) {
    struct text_line l;
    if (!textbuf_row(tb, width, row, &l))
        textbuf_row(tb, width, tb->rows.starts.n - 1, &l);
    size_t at = l.start + text_fit(tb->text.s + l.start, l.end - l.start, column);
    size_t last = row_last(tb, &l);
    return at < last ? at : last;
}

/* ---- Places in the text ---- */

static size_t prev(const struct textbuf *tb, size_t at) {
    return text_prev(tb->text.s, tb->text.len, at);
}

static size_t next(const struct textbuf *tb, size_t at) {
    return text_next(tb->text.s, tb->text.len, at);
}

/* The borders of the cluster around `at`, which are both `at` when it is a border. */
static void borders(const struct textbuf *tb, size_t at, size_t *low, size_t *high) {
    size_t len = tb->text.len;
    if (at > len)
        at = len;
    while (at > 0 && at < len && ((unsigned char)tb->text.s[at] & 0xc0) == 0x80)
        at--;
    *low = *high = at;
    if (at == 0 || at == len)
        return;
    *high = next(tb, prev(tb, at));
    *low = *high == at ? at : prev(tb, at);
}

static size_t line_start(const struct textbuf *tb, size_t at) {
    const char *feed = at ? memrchr(tb->text.s, '\n', at) : NULL;
    return feed ? (size_t)(feed - tb->text.s) + 1 : 0;
}

static size_t line_stop(const struct textbuf *tb, size_t at) {
    const char *feed = memchr(tb->text.s + at, '\n', tb->text.len - at);
    return feed ? (size_t)(feed - tb->text.s) : tb->text.len;
}

enum letter { LETTER_BLANK, LETTER_WORD, LETTER_IDEOGRAPH, LETTER_OTHER };

static enum letter letter_at(const struct textbuf *tb, size_t at) {
    size_t used;
    uint32_t c = text_decode(tb->text.s + at, tb->text.len - at, &used);
    if (uc_is_property_white_space(c))
        return LETTER_BLANK;
    if (uc_is_property_ideographic(c))
        return LETTER_IDEOGRAPH;
    uint32_t mask = UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_M | UC_CATEGORY_MASK_N;
    bool word = c == '_' || uc_is_general_category_withtable(c, mask);
    return word ? LETTER_WORD : LETTER_OTHER;
}

static bool in_word(enum letter l) {
    return l == LETTER_WORD || l == LETTER_IDEOGRAPH;
}

static size_t word_start(const struct textbuf *tb, size_t at) {
    while (at > 0 && !in_word(letter_at(tb, prev(tb, at))))
        at = prev(tb, at);
    if (at == 0 || letter_at(tb, prev(tb, at)) == LETTER_IDEOGRAPH)
        return at ? prev(tb, at) : 0;
    while (at > 0 && letter_at(tb, prev(tb, at)) == LETTER_WORD)
        at = prev(tb, at);
    return at;
}

static size_t word_stop(const struct textbuf *tb, size_t at) {
    size_t len = tb->text.len;
    while (at < len && !in_word(letter_at(tb, at)))
        at = next(tb, at);
    if (at == len || letter_at(tb, at) == LETTER_IDEOGRAPH)
        return next(tb, at);
    while (at < len && letter_at(tb, at) == LETTER_WORD)
        at = next(tb, at);
    return at;
}

/* As in a shell, from the last blank; but an ideograph is a word. */
static size_t shell_word_start(const struct textbuf *tb, size_t at) {
    while (at > 0 && letter_at(tb, prev(tb, at)) == LETTER_BLANK)
        at = prev(tb, at);
    if (at == 0 || letter_at(tb, prev(tb, at)) == LETTER_IDEOGRAPH)
        return at ? prev(tb, at) : 0;
    for (size_t before; at > 0; at = before) {
        before = prev(tb, at);
        enum letter l = letter_at(tb, before);
        if (l == LETTER_BLANK || l == LETTER_IDEOGRAPH)
            break;
    }
    return at;
}

/* ---- Changing ---- */

static void change_wipe(struct change *c) {
    bytes_wipe(&c->gone);
    bytes_wipe(&c->came);
}

static void changes_cut(struct textbuf *tb, size_t n) {
    while (tb->changes.n > n)
        change_wipe(&tb->changes.v[--tb->changes.n]);
    if (tb->done > n)
        tb->done = n;
}

static void set_cursor(struct textbuf *tb, size_t at) {
    size_t low;
    borders(tb, at, &low, &tb->cursor);
}

static void splice(struct textbuf *tb, size_t at, size_t gone, const char *s,
                   size_t len) {
    bytes_splice(&tb->text, at, gone, s, len);
    rows_edited(tb, at);
    tb->mark = MARK_NONE;
    tb->version++;
}

/* The last step, where this change can go on with it. */
static bool join(struct textbuf *tb, size_t at, size_t gone, const char *s, size_t len) {
    if (tb->done == 0 || tb->done != tb->changes.n)
        return false;
    struct change *last = &tb->changes.v[tb->done - 1];
    const char *lost = tb->text.s + at;
    if (gone == 0 && at == last->at + last->came.len) {
        bytes_add(&last->came, s, len);
    } else if (len == 0 && last->came.len == 0 && at + gone == last->at) {
        bytes_splice(&last->gone, 0, 0, lost, gone);
        last->at = at;
    } else if (len == 0 && last->came.len == 0 && at == last->at) {
        bytes_add(&last->gone, lost, gone);
    } else {
        return false;
    }
    return true;
}

static void note(struct textbuf *tb, size_t at, size_t gone, const char *s, size_t len) {
    struct change c = {.at = at, .before = tb->cursor};
    bytes_add(&c.gone, tb->text.s + at, gone);
    bytes_add(&c.came, s, len);
    changes_cut(tb, tb->done);
    vec_push(&tb->changes, c);
    tb->done++;
}

/* Puts s where `gone` bytes stand, as a step or as more of the last one. False when that
 * changes nothing. */
static bool replace(struct textbuf *tb, size_t at, size_t gone, const char *s, size_t len,
                    bool more) {
    tb->mark = MARK_NONE;
    if (gone == 0 && len == 0) {
        tb->run = RUN_NONE;
        return false;
    }
    if (!more || !join(tb, at, gone, s, len))
        note(tb, at, gone, s, len);
    splice(tb, at, gone, s, len);
    set_cursor(tb, at + len);
    tb->changes.v[tb->done - 1].after = tb->cursor;
    return true;
}

/* Puts the cursor elsewhere than at the end of the last step. */
static void step_ends_at(struct textbuf *tb, size_t at) {
    set_cursor(tb, at);
    tb->changes.v[tb->done - 1].after = tb->cursor;
}

/* Begins a call of that kind; whether the last one was of the same. */
static bool go_on(struct textbuf *tb, enum run run) {
    bool same = run != RUN_NONE && tb->run == run;
    tb->run = run;
    return same;
}

size_t textbuf_insert(struct textbuf *tb, const char *s, size_t len) {
    size_t changed;
    bool more = go_on(tb, RUN_TYPE);
    struct bytes b = fit(tb, s, len, &changed);
    replace(tb, tb->cursor, 0, b.s, b.len, more);
    if (memchr(b.s, '\n', b.len))
        tb->run = RUN_NONE;
    bytes_wipe(&b);
    return changed;
}

size_t textbuf_paste(struct textbuf *tb, const char *s, size_t len) {
    size_t changed;
    go_on(tb, RUN_NONE);
    struct bytes b = fit(tb, s, len, &changed);
    replace(tb, tb->cursor, 0, b.s, b.len, false);
    bytes_wipe(&b);
    return changed;
}

static bool continues(char c) {
    return ((unsigned char)c & 0xc0) == 0x80;
}

/* Bytes that both begin with, in whole code points. */
static size_t same_head(const struct bytes *a, const struct bytes *b) {
    size_t n = 0, max = a->len < b->len ? a->len : b->len;
    while (n < max && a->s[n] == b->s[n])
        n++;
    while (n > 0 &&
           ((n < a->len && continues(a->s[n])) || (n < b->len && continues(b->s[n]))))
        n--;
    return n;
}

static size_t same_tail(const struct bytes *a, const struct bytes *b, size_t head) {
    size_t n = 0, max = (a->len < b->len ? a->len : b->len) - head;
    while (n < max && a->s[a->len - n - 1] == b->s[b->len - n - 1])
        n++;
    while (n > 0 && continues(a->s[a->len - n]))
        n--;
    return n;
}

size_t textbuf_set(struct textbuf *tb, const char *s, size_t len) {
    size_t changed, cursor = tb->cursor;
    go_on(tb, RUN_NONE);
    struct bytes b = fit(tb, s, len, &changed);
    size_t head = same_head(&tb->text, &b);
    size_t tail = same_tail(&tb->text, &b, head);
    size_t gone = tb->text.len - head - tail, came = b.len - head - tail;
    if (replace(tb, head, gone, b.s + head, came, false) && cursor <= head)
        step_ends_at(tb, cursor);
    bytes_wipe(&b);
    return changed;
}

size_t textbuf_reset(struct textbuf *tb, const char *s, size_t len) {
    size_t changed;
    go_on(tb, RUN_NONE);
    struct bytes b = fit(tb, s, len, &changed);
    changes_cut(tb, 0);
    splice(tb, 0, tb->text.len, b.s, b.len);
    tb->cursor = b.len;
    bytes_wipe(&b);
    return changed;
}

static bool remove_selection(struct textbuf *tb) {
    size_t start, end;
    if (!textbuf_selection(tb, &start, &end))
        return false;
    go_on(tb, RUN_NONE);
    replace(tb, start, end - start, "", 0, false);
    return true;
}

void textbuf_backspace(struct textbuf *tb) {
    if (remove_selection(tb))
        return;
    bool more = go_on(tb, RUN_BACKSPACE);
    size_t at = prev(tb, tb->cursor);
    replace(tb, at, tb->cursor - at, "", 0, more);
}

void textbuf_delete(struct textbuf *tb) {
    if (remove_selection(tb))
        return;
    bool more = go_on(tb, RUN_DELETE);
    size_t end = next(tb, tb->cursor);
    replace(tb, tb->cursor, end - tb->cursor, "", 0, more);
}

/* ---- The kill buffer ---- */

/* Takes [start, end) away, one end of which is the cursor. */
static void kill(struct textbuf *tb, size_t start, size_t end) {
    bool more = tb->run == RUN_KILL;
    if (start == end) {
        tb->run = more ? RUN_KILL : RUN_NONE;
        return;
    }
    if (!more)
        bytes_wipe(&tb->killed);
    size_t at = start < tb->cursor ? 0 : tb->killed.len;
    bytes_splice(&tb->killed, at, 0, tb->text.s + start, end - start);
    tb->run = RUN_KILL;
    replace(tb, start, end - start, "", 0, false);
}

void textbuf_kill_to_end(struct textbuf *tb) {
    size_t end = line_stop(tb, tb->cursor);
    if (end == tb->cursor && end < tb->text.len)
        end++;
    kill(tb, tb->cursor, end);
}

void textbuf_kill_line_start(struct textbuf *tb) {
    kill(tb, line_start(tb, tb->cursor), tb->cursor);
}

void textbuf_kill_word(struct textbuf *tb) {
    kill(tb, shell_word_start(tb, tb->cursor), tb->cursor);
}

bool textbuf_copy(struct textbuf *tb) {
    size_t start, end;
    go_on(tb, RUN_NONE);
    if (!textbuf_selection(tb, &start, &end))
        return false;
    bytes_wipe(&tb->killed);
    bytes_add(&tb->killed, tb->text.s + start, end - start);
    return true;
}

bool textbuf_cut(struct textbuf *tb) {
    return textbuf_copy(tb) && remove_selection(tb);
}

bool textbuf_yank(struct textbuf *tb) {
    go_on(tb, RUN_NONE);
    replace(tb, tb->cursor, 0, tb->killed.s, tb->killed.len, false);
    return tb->killed.len > 0;
}

void textbuf_bracket(struct textbuf *tb) {
    size_t start = tb->cursor, end = tb->cursor;
    bool selected = textbuf_selection(tb, &start, &end);
    struct bytes b = {0};
    go_on(tb, RUN_NONE);
    bytes_add(&b, "[", 1);
    bytes_add(&b, tb->text.s + start, end - start);
    bytes_add(&b, "]", 1);
    replace(tb, start, end - start, b.s, b.len, false);
    if (!selected)
        step_ends_at(tb, start + 1);
    bytes_wipe(&b);
}

/* ---- Undo ---- */

bool textbuf_undo(struct textbuf *tb) {
    go_on(tb, RUN_NONE);
    if (tb->done == 0)
        return false;
    const struct change *c = &tb->changes.v[--tb->done];
    splice(tb, c->at, c->came.len, c->gone.s, c->gone.len);
    tb->cursor = c->before;
    return true;
}

bool textbuf_redo(struct textbuf *tb) {
    go_on(tb, RUN_NONE);
    if (tb->done == tb->changes.n)
        return false;
    const struct change *c = &tb->changes.v[tb->done++];
    splice(tb, c->at, c->gone.len, c->came.s, c->came.len);
    tb->cursor = c->after;
    return true;
}

/* ---- Selecting ---- */

void textbuf_mark(struct textbuf *tb) {
    go_on(tb, RUN_NONE);
    tb->mark = tb->mark == MARK_NONE ? MARK_SET : MARK_NONE;
    tb->anchor = tb->cursor;
}

void textbuf_select(struct textbuf *tb, bool shift) {
    if (shift && tb->mark == MARK_NONE) {
        tb->mark = MARK_SHIFT;
        tb->anchor = tb->cursor;
    } else if (!shift && tb->mark == MARK_SHIFT) {
        tb->mark = MARK_NONE;
    }
}

bool textbuf_selection(const struct textbuf *tb, size_t *start, size_t *end) {
    if (tb->mark == MARK_NONE || tb->anchor == tb->cursor)
        return false;
    *start = tb->anchor < tb->cursor ? tb->anchor : tb->cursor;
    *end = tb->anchor < tb->cursor ? tb->cursor : tb->anchor;
    return true;
}

/* ---- Moving ---- */

static void go(struct textbuf *tb, size_t at) {
    go_on(tb, RUN_NONE);
    tb->cursor = at;
}

void textbuf_left(struct textbuf *tb) {
    go(tb, prev(tb, tb->cursor));
}

void textbuf_right(struct textbuf *tb) {
    go(tb, next(tb, tb->cursor));
}

void textbuf_word_left(struct textbuf *tb) {
    go(tb, word_start(tb, tb->cursor));
}

void textbuf_word_right(struct textbuf *tb) {
    go(tb, word_stop(tb, tb->cursor));
}

void textbuf_line_home(struct textbuf *tb) {
    go(tb, line_start(tb, tb->cursor));
}

void textbuf_line_end(struct textbuf *tb) {
    go(tb, line_stop(tb, tb->cursor));
}

void textbuf_text_home(struct textbuf *tb) {
    go(tb, 0);
}

void textbuf_text_end(struct textbuf *tb) {
    go(tb, tb->text.len);
}

void textbuf_move(struct textbuf *tb, size_t offset) {
    size_t low, high;
    borders(tb, offset, &low, &high);
    go(tb, low);
}

static struct text_line cursor_row(struct textbuf *tb, size_t width) {
    struct text_line l = {0};
    textbuf_row(tb, width, textbuf_row_of(tb, width, tb->cursor, NULL), &l);
    return l;
}

void textbuf_row_home(struct textbuf *tb, size_t width) {
    go(tb, cursor_row(tb, width).start);
}

void textbuf_row_end(struct textbuf *tb, size_t width) {
    struct text_line l = cursor_row(tb, width);
    go(tb, row_last(tb, &l));
}

bool textbuf_page(struct textbuf *tb, size_t width, ptrdiff_t rows) {
    size_t column;
    size_t row = textbuf_row_of(tb, width, tb->cursor, &column), from = row;
    if (!go_on(tb, RUN_VERTICAL))
        tb->goal = column;
    if (rows < 0) {
        size_t up = (size_t)0 - (size_t)rows;
        row = up < row ? row - up : 0;
    } else {
        struct text_line l;
        size_t to = (size_t)rows < SIZE_MAX - row ? row + (size_t)rows : SIZE_MAX;
        row = textbuf_row(tb, width, to, &l) ? to : tb->rows.starts.n - 1;
    }
    if (row != from)
        tb->cursor = textbuf_offset_at(tb, width, row, tb->goal);
    return row != from;
}

bool textbuf_up(struct textbuf *tb, size_t width) {
    return textbuf_page(tb, width, -1);
}

bool textbuf_down(struct textbuf *tb, size_t width) {
    return textbuf_page(tb, width, 1);
}

/* The first offset from which the text up to the cursor takes at most so many columns. */
static size_t back(const struct textbuf *tb, size_t columns) {
    size_t at = tb->cursor;
    while (at > 0) {
        size_t before = prev(tb, at);
        size_t take = text_columns(tb->text.s + before, at - before);
        if (take > columns)
            break;
        columns -= take;
        at = before;
    }
    return at;
}

size_t textbuf_scroll(const struct textbuf *tb, size_t columns, size_t from) {
    size_t first = back(tb, columns ? columns - 1 : 0);
    if (from > tb->cursor)
        return back(tb, columns / 3);
    return from < first ? first : from;
}

/* ---- Life ---- */

struct textbuf *textbuf_new(bool single_line) {
    struct textbuf *tb = mem_zalloc(sizeof *tb);
    tb->single_line = single_line;
    bytes_reserve(&tb->text, 0);
    tb->text.s[0] = '\0';
    return tb;
}

void textbuf_wipe(struct textbuf *tb) {
    changes_cut(tb, 0);
    bytes_wipe(&tb->killed);
    bytes_wipe(&tb->text);
    bytes_reserve(&tb->text, 0);
    tb->text.s[0] = '\0';
    rows_forget(tb);
    go(tb, 0);
    tb->mark = MARK_NONE;
    tb->version++;
}

void textbuf_free(struct textbuf *tb) {
    if (!tb)
        return;
    textbuf_wipe(tb);
    vec_release(&tb->changes);
    vec_release(&tb->rows.starts);
    mem_free(tb->text.s);
    mem_free(tb);
}

const char *textbuf_text(const struct textbuf *tb, size_t *len) {
    if (len)
        *len = tb->text.len;
    return tb->text.s;
}

size_t textbuf_cursor(const struct textbuf *tb) {
    return tb->cursor;
}

uint64_t textbuf_version(const struct textbuf *tb) {
    return tb->version;
}

bool textbuf_changed(const struct textbuf *tb) {
    return tb->done > 0;
}
