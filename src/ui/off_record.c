#include "off_record.h"

#include "menu.h"

bool is_off_record(const struct shell *sh) {
    return sh->session && session_off_record(sh->session);
}

static int run(struct shell *sh, enum command_id id) {
    struct command_args none = COMMAND_ARGS_NONE;

    return shell_run(sh, id, &none);
}

/* ---- Back on the record ---- */

static void forget(struct shell *sh) {
    for (size_t i = 0; i < sh->stack.n; i++)
        if (sh->stack.v[i]->ops->forget)
            sh->stack.v[i]->ops->forget(sh->stack.v[i]);
    sh->forget = sh->dirty = true;
}

static void back_chosen(struct shell *sh, void *ctx, size_t i) {
    (void)ctx;
    if (i != 0)
        shell_say(sh, "still off the record: nothing is written");
    else if (run(sh, COMMAND_RECORD_ON) == 0)
        forget(sh);
}

/* A slip here costs trust. */
static void ask_back(struct shell *sh) {
    menu_ask(sh, "Back on the record?", "Yes, record from here on",
             "No, stay off the record", back_chosen, NULL, NULL);
}

/* ---- Off it ---- */

static void go_off(struct shell *sh, bool kept) {
    if (run(sh, COMMAND_RECORD_OFF) < 0)
        return;
    shell_say(sh, "off the record: nothing is written until O and y%s",
              kept ? "; what you had typed is kept" : "");
}

void off_record_from_typing(struct shell *sh, bool kept) {
    if (is_off_record(sh))
        ask_back(sh);
    else
        go_off(sh, kept);
}

void off_record_switch(struct shell *sh) {
    off_record_from_typing(sh, false);
}

void off_record_by_name(struct shell *sh, bool off) {
    if (is_off_record(sh) == off)
        shell_say(sh, "it is %s the record already", off ? "off" : "on");
    else
        off_record_switch(sh);
}

/* ---- The header ---- */

static const char header_words[] = " OFF THE RECORD ";

int off_record_columns(const struct shell *sh) {
    return is_off_record(sh) ? (int)sizeof header_words - 1 : 0;
}

void off_record_draw(const struct shell *sh, struct canvas *c) {
    const struct screen *top = shell_top(sh);
    bool typing = top && top->ops->where(top) & ON_TYPING;
    int columns = off_record_columns(sh);

    if (!columns)
        return;
    canvas_restyle(c, (struct rect){0, 0, 1, c->columns}, ROLE_STRONG);
    canvas_string(c, 0, 0, columns, ROLE_OFF_RECORD, header_words);
    canvas_spot(c, (struct rect){0, 0, 1, columns}, typing ? "M-o" : "O");
}
