/* Byte 0: width and mode; then a byte for each operation, after which some take a length
 * or an offset, and text. */
#undef NDEBUG
#include "base/mem.h"
#include "base/text.h"
#include "model/textbuf.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc, (void)argv;
    text_locale();
    return 0;
}

static void mark_and_cut(struct textbuf *tb) {
    textbuf_mark(tb);
    textbuf_word_left(tb);
    textbuf_cut(tb);
}

static void select_right(struct textbuf *tb) {
    textbuf_select(tb, true);
    textbuf_right(tb);
}

static void yank(struct textbuf *tb) {
    size_t len;
    textbuf_text(tb, &len);
    if (len < 4096)
        textbuf_yank(tb);
}

static void undo(struct textbuf *tb) {
    textbuf_undo(tb);
}

static void redo(struct textbuf *tb) {
    textbuf_redo(tb);
}

static void (*const operations[])(struct textbuf *) = {
    textbuf_backspace,
    textbuf_delete,
    textbuf_left,
    textbuf_right,
    textbuf_word_left,
    textbuf_word_right,
    textbuf_line_home,
    textbuf_line_end,
    textbuf_text_home,
    textbuf_text_end,
    textbuf_mark,
    select_right,
    textbuf_bracket,
    textbuf_kill_to_end,
    mark_and_cut,
    textbuf_kill_word,
    yank,
    textbuf_kill_line_start,
    undo,
    redo,
};
enum { OPERATIONS = sizeof operations / sizeof *operations };

/* What is left of the input. */
struct input {
    const uint8_t *p;
    size_t left;
};

static unsigned take(struct input *in) {
    if (in->left == 0)
        return 0;
    in->left--;
    return *in->p++;
}

static void operate(struct textbuf *tb, size_t width, struct input *in) {
    unsigned op = take(in) % 32;
    if (op < OPERATIONS) {
        operations[op](tb);
        return;
    }
    size_t len = take(in) % 32;
    if (len > in->left)
        len = in->left;
    const char *s = (const char *)in->p;
    if (op == OPERATIONS)
        textbuf_move(tb, len);
    else if (op < OPERATIONS + 4)
        textbuf_page(tb, width, (ptrdiff_t)len - 16);
    else if (op == OPERATIONS + 4)
        textbuf_row_end(tb, width);
    else if (op == OPERATIONS + 5)
        textbuf_set(tb, s, len);
    else if (op == OPERATIONS + 6)
        textbuf_paste(tb, s, len);
    else
        textbuf_insert(tb, s, len);
    if (op > OPERATIONS + 4) {
        in->p += len;
        in->left -= len;
    }
}

static void check(struct textbuf *tb, size_t width) {
    size_t len, column, border = 0, row = textbuf_row_of(tb, width, SIZE_MAX, &column);
    const char *s = textbuf_text(tb, &len);
    struct text_line l, known;
    assert(text_valid(s, len) && s[len] == '\0' && !memchr(s, '\r', len));
    while (border < textbuf_cursor(tb))
        border = text_next(s, len, border);
    assert(border == textbuf_cursor(tb));
    size_t at = 0;
    for (size_t i = 0; i <= row; i++, at = l.next) {
        assert(text_wrap(s, len, at, width, &l) && textbuf_row(tb, width, i, &known));
        assert(l.start == known.start && l.end == known.end && l.next == known.next);
    }
    assert(at == len + 1);
}

static void undo_and_redo(struct textbuf *tb, size_t width) {
    while (textbuf_redo(tb))
        ;
    size_t len;
    char *end = mem_strdup(textbuf_text(tb, NULL));
    while (textbuf_undo(tb))
        check(tb, width);
    textbuf_text(tb, &len);
    assert(len == 0);
    while (textbuf_redo(tb))
        ;
    assert(strcmp(end, textbuf_text(tb, NULL)) == 0);
    free(end);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct input in = {data, size};
    unsigned first = take(&in);
    size_t width = first % 32;
    struct textbuf *tb = textbuf_new(first >= 0x80);
    while (in.left > 0) {
        operate(tb, width, &in);
        check(tb, width);
    }
    undo_and_redo(tb, width);
    textbuf_free(tb);
    return 0;
}
