#include "typing.h"

#include <stdint.h>

static bool change(struct textbuf *tb, enum command_id id) {
    switch (id) {
    case COMMAND_EDIT_BACKSPACE:
        textbuf_backspace(tb);
        return true;
    case COMMAND_EDIT_DELETE:
        textbuf_delete(tb);
        return true;
    case COMMAND_EDIT_KILL:
        textbuf_kill_to_end(tb);
        return true;
    case COMMAND_EDIT_KILL_LINE:
        textbuf_kill_line_start(tb);
        return true;
    case COMMAND_EDIT_KILL_WORD:
        if (!textbuf_cut(tb))
            textbuf_kill_word(tb);
        return true;
    case COMMAND_EDIT_YANK:
        textbuf_yank(tb);
        return true;
    case COMMAND_EDIT_UNDO:
        textbuf_undo(tb);
        return true;
    case COMMAND_EDIT_REDO:
        textbuf_redo(tb);
        return true;
    case COMMAND_EDIT_BRACKET:
        textbuf_bracket(tb);
        return true;
    default:
        return false;
    }
}

/* The movement that a command is, and whether it selects. */
static enum command_id movement(enum command_id id, bool *selects) {
    static const enum command_id pairs[][2] = {
        {COMMAND_EDIT_SELECT_LEFT, COMMAND_EDIT_LEFT},
        {COMMAND_EDIT_SELECT_RIGHT, COMMAND_EDIT_RIGHT},
        {COMMAND_EDIT_SELECT_UP, COMMAND_EDIT_UP},
        {COMMAND_EDIT_SELECT_DOWN, COMMAND_EDIT_DOWN},
        {COMMAND_EDIT_SELECT_HOME, COMMAND_EDIT_HOME},
        {COMMAND_EDIT_SELECT_END, COMMAND_EDIT_END},
    };

    *selects = false;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (pairs[i][0] == id) {
            *selects = true;
            return pairs[i][1];
        }
    }
    return id;
}

static void (*const moves[COMMAND_COUNT])(struct textbuf *) = {
    [COMMAND_EDIT_LEFT] = textbuf_left,
    [COMMAND_EDIT_RIGHT] = textbuf_right,
    [COMMAND_EDIT_WORD_LEFT] = textbuf_word_left,
    [COMMAND_EDIT_WORD_RIGHT] = textbuf_word_right,
    [COMMAND_EDIT_TOP] = textbuf_text_home,
    [COMMAND_EDIT_BOTTOM] = textbuf_text_end,
};

static bool move(struct textbuf *tb, enum command_id id, size_t width) {
    bool selects;
    enum command_id to = movement(id, &selects);
    bool by_row = to == COMMAND_EDIT_HOME || to == COMMAND_EDIT_END ||
                  (width && (to == COMMAND_EDIT_UP || to == COMMAND_EDIT_DOWN));

    if (!moves[to] && !by_row)
        return false;
    textbuf_select(tb, selects);
    if (moves[to])
        moves[to](tb);
    else if (to == COMMAND_EDIT_HOME)
        width ? textbuf_row_home(tb, width) : textbuf_line_home(tb);
    else if (to == COMMAND_EDIT_END)
        width ? textbuf_row_end(tb, width) : textbuf_line_end(tb);
    else if (to == COMMAND_EDIT_UP)
        textbuf_up(tb, width);
    else
        textbuf_down(tb, width);
    return true;
}

bool typing_command(struct textbuf *tb, enum command_id id, size_t width) {
    if (id == COMMAND_EDIT_MARK) {
        textbuf_mark(tb);
        return true;
    }
    if (id == COMMAND_EDIT_COPY) {
        textbuf_copy(tb);
        return true;
    }
    return change(tb, id) || move(tb, id, width);
}

void typing_say_replaced(struct shell *sh, size_t n) {
    if (n == 1)
        shell_say(sh, "a character that a file cannot hold was replaced");
    else if (n > 1)
        shell_say(sh, "%zu characters that a file cannot hold were replaced", n);
}
