#include "keys.h"

#include "base/text.h"

#include <curses.h>
#include <stdio.h>
#include <string.h>

/* Codes of our own, above those of curses. */
enum { CODE_OWN = KEY_MAX + 64 };

/* A key by the sequences that terminals send for it: xterm (and tmux, screen, VTE), rxvt,
 * the Linux console, and plain VT100 in either cursor mode. */
struct known_key {
    const char *name;
    const char *sequences; /* after ESC, blank separated */
};

static const struct known_key known_keys[] = {
    {"Up", "[A OA"},
    {"Down", "[B OB"},
    {"Right", "[C OC"},
    {"Left", "[D OD"},
    {"Home", "[H OH [1~ [7~"},
    {"End", "[F OF [4~ [8~"},
    {"Insert", "[2~"},
    {"Delete", "[3~"},
    {"PgUp", "[5~"},
    {"PgDn", "[6~"},
    {"F1", "OP [11~ [[A"},
    {"S-Up", "[1;2A [a"},
    {"S-Down", "[1;2B [b"},
    {"S-Right", "[1;2C [c"},
    {"S-Left", "[1;2D [d"},
    {"S-Home", "[1;2H [7$"},
    {"S-End", "[1;2F [8$"},
    {"S-Tab", "[Z"},
    {"C-Up", "[1;5A Oa"},
    {"C-Down", "[1;5B Ob"},
    {"C-Right", "[1;5C Oc [5C [1;3C"},
    {"C-Left", "[1;5D Od [5D [1;3D"},
    {"C-Home", "[1;5H [7^"},
    {"C-End", "[1;5F [8^"},
    {"C-Delete", "[3;5~ [3^"},
    {"PasteStart", "[200~"},
    {"PasteEnd", "[201~"},
};
enum { KNOWN_KEYS = sizeof known_keys / sizeof *known_keys };

/* What curses itself may tell, from the terminal's own description. */
static const struct {
    int code;
    const char *name;
} curses_keys[] = {
    {KEY_UP, "Up"},          {KEY_DOWN, "Down"},
    {KEY_LEFT, "Left"},      {KEY_RIGHT, "Right"},
    {KEY_HOME, "Home"},      {KEY_END, "End"},
    {KEY_FIND, "Home"},      {KEY_SELECT, "End"},
    {KEY_NPAGE, "PgDn"},     {KEY_PPAGE, "PgUp"},
    {KEY_DC, "Delete"},      {KEY_IC, "Insert"},
    {KEY_ENTER, "Enter"},    {KEY_BACKSPACE, "Backspace"},
    {KEY_BTAB, "S-Tab"},     {KEY_SLEFT, "S-Left"},
    {KEY_SRIGHT, "S-Right"}, {KEY_SR, "S-Up"},
    {KEY_SF, "S-Down"},      {KEY_SHOME, "S-Home"},
    {KEY_SEND, "S-End"},     {KEY_SDC, "Delete"},
    {KEY_F(1), "F1"},
};

static void learn_sequences(int code, const char *sequences) {
    while (*sequences) {
        char bytes[16] = "\033";
        size_t len = strcspn(sequences, " ");
        memcpy(bytes + 1, sequences, len);
        define_key(bytes, code);
        sequences += len + (sequences[len] == ' ');
    }
}

void keys_init(struct keys *k) {
    *k = (struct keys){.paste = BUF_INIT};
    for (int i = 0; i < KNOWN_KEYS; i++)
        learn_sequences(CODE_OWN + i, known_keys[i].sequences);
    mouseinterval(0);
    mousemask(BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED, NULL);
}

void keys_release(struct keys *k) {
    buf_release(&k->paste);
}

static const char *code_name(int code) {
    if (code >= CODE_OWN && code < CODE_OWN + KNOWN_KEYS)
        return known_keys[code - CODE_OWN].name;
    for (size_t i = 0; i < sizeof curses_keys / sizeof *curses_keys; i++)
        if (curses_keys[i].code == code)
            return curses_keys[i].name;
    return NULL;
}

static void name_control(char name[KEY_NAME_MAX], wint_t c) {
    const char *known = c == 0                   ? "C-Space"
                        : c == '\t'              ? "Tab"
                        : c == '\r' || c == '\n' ? "Enter"
                        : c == 27                ? "Esc"
                        : c == 127               ? "Backspace"
                                                 : NULL;
    if (known)
        snprintf(name, KEY_NAME_MAX, "%s", known);
    else
        snprintf(name, KEY_NAME_MAX, "C-%c", c <= 26 ? (int)c + 'a' - 1 : (int)c + '@');
}

static void input_of_character(wint_t c, struct input *in) {
    struct buf b = BUF_INIT;

    if (c < 32 || c == 127) {
        name_control(in->name, c);
        return;
    }
    text_encode(&b, (uint32_t)c);
    in->len = b.len < sizeof in->text ? b.len : 0;
    memcpy(in->text, b.s, in->len + 1);
    snprintf(in->name, sizeof in->name, "%s", c == ' ' ? "Space" : in->text);
    buf_release(&b);
}

void input_of_key(const char *name, struct input *in) {
    size_t used, len = strlen(name);

    *in = (struct input){.kind = INPUT_KEY};
    if (strcmp(name, "Space") == 0)
        name = " ", len = 1;
    uint32_t c = len ? text_decode(name, len, &used) : 0;
    if (len && used == len && c >= 32)
        input_of_character((wint_t)c, in);
    else
        snprintf(in->name, sizeof in->name, "%s", name);
}

bool input_split_meta(const struct input *in, struct input *rest) {
    if (in->kind != INPUT_KEY || strncmp(in->name, "M-", 2) != 0)
        return false;
    input_of_key(in->name + 2, rest);
    return true;
}

static bool read_mouse(struct input *in) {
    MEVENT event;

    if (getmouse(&event) != OK)
        return false;
    in->y = event.y;
    in->x = event.x;
    in->kind =
        event.bstate & (BUTTON4_PRESSED | BUTTON5_PRESSED) ? INPUT_WHEEL : INPUT_CLICK;
    in->step = event.bstate & BUTTON4_PRESSED ? -1 : 1;
    return true;
}

/* Characters of a paste; true once it is complete. Keys that a paste seems to hold are
 * bytes that no text has: they are left out. */
static bool paste_on(struct keys *k, int kind, wint_t c, struct input *in) {
    const char *name = kind == KEY_CODE_YES ? code_name((int)c) : NULL;

    if (name && strcmp(name, "PasteEnd") == 0)
        return keys_end_paste(k, in);
    if (kind == KEY_CODE_YES)
        return false;
    text_encode(&k->paste, c == '\r' ? '\n' : (uint32_t)c);
    return false;
}

bool keys_end_paste(struct keys *k, struct input *in) {
    if (!k->pasting)
        return false;
    k->pasting = false;
    *in = (struct input){.kind = INPUT_PASTE, .paste = k->paste.s, .len = k->paste.len};
    return true;
}

/* ESC followed at once by a character is that character with Alt. */
static void read_meta(struct input *in) {
    struct input rest = {0};
    wint_t c;
    int kind = get_wch(&c);

    if (kind == ERR) {
        snprintf(in->name, sizeof in->name, "Esc");
        return;
    }
    if (kind == KEY_CODE_YES || c < 32) {
        if (kind == KEY_CODE_YES)
            ungetch((int)c);
        else
            unget_wch((wchar_t)c);
        snprintf(in->name, sizeof in->name, "Esc");
        return;
    }
    input_of_character(c, &rest);
    snprintf(in->name, sizeof in->name, "M-%.*s", KEY_NAME_MAX - 3, rest.name);
}

/* False for what is no input of its own. */
static bool translate(struct keys *k, int kind, wint_t c, struct input *in) {
    if (kind != KEY_CODE_YES) {
        if (c == 27)
            read_meta(in);
        else
            input_of_character(c, in);
        return true;
    }
    if (c == KEY_MOUSE)
        return read_mouse(in);
    const char *name = code_name((int)c);
    if (!name)
        return false;
    if (strcmp(name, "PasteStart") == 0) {
        k->pasting = true;
        buf_clear(&k->paste);
        return false;
    }
    snprintf(in->name, sizeof in->name, "%s", name);
    return true;
}

bool keys_read(struct keys *k, struct input *in) {
    wint_t c;
    int kind;

    while ((kind = get_wch(&c)) != ERR) {
        *in = (struct input){.kind = INPUT_KEY};
        if (k->pasting ? paste_on(k, kind, c, in) : translate(k, kind, c, in))
            return true;
    }
    return false;
}
