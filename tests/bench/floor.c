/*
 * floor [-t] FILE: the least that a curses program can do with the same file. It parses
 * the XML with libxml2's SAX interface, keeps the text of each topic's title and each
 * issue's paragraphs, and paints a bare list: j and k move, q ends; with -t a clock at
 * the top right counts the seconds. It is the measure for memobook's first screen, key
 * presses and clock.
 */
#include <curses.h>
#include <libxml/parser.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct list {
    char **lines;
    size_t n, cap;
    char text[4096];
    size_t len;
    bool inside; /* a paragraph or a title */
    bool clock;
};

static bool is_text(const xmlChar *name) {
    return strcmp((const char *)name, "p") == 0 ||
           strcmp((const char *)name, "title") == 0;
}

static void started(void *ctx, const xmlChar *name, const xmlChar *prefix,
                    const xmlChar *uri, int n_spaces, const xmlChar **spaces,
                    int n_attributes, int n_defaulted, const xmlChar **attributes) {
    struct list *l = ctx;
    (void)prefix;
    (void)uri;
    (void)n_spaces;
    (void)spaces;
    (void)n_attributes;
    (void)n_defaulted;
    (void)attributes;
    if (strcmp((const char *)name, "p") == 0 ||
        strcmp((const char *)name, "title") == 0) {
        l->inside = true;
        l->len = 0;
    }
}

static void ended(void *ctx, const xmlChar *name, const xmlChar *prefix,
                  const xmlChar *uri) {
    struct list *l = ctx;
    (void)prefix;
    (void)uri;
    if (!l->inside || !is_text(name))
        return;
    l->inside = false;
    if (l->n == l->cap) {
        l->cap = l->cap ? l->cap * 2 : 64;
        l->lines = realloc(l->lines, l->cap * sizeof *l->lines);
        if (l->lines == NULL)
            abort();
    }
    l->lines[l->n++] = strndup(l->text, l->len);
}

static void characters(void *ctx, const xmlChar *s, int len) {
    struct list *l = ctx;
    size_t room = sizeof l->text - l->len;
    size_t some = (size_t)len < room ? (size_t)len : room;
    if (!l->inside)
        return;
    memcpy(l->text + l->len, s, some);
    l->len += some;
}

static void paint(const struct list *l, size_t top, size_t at) {
    erase();
    for (int y = 0; y < LINES && top + (size_t)y < l->n; y++) {
        if (top + (size_t)y == at)
            attron(A_REVERSE);
        mvaddnstr(y, 0, l->lines[top + (size_t)y], COLS - 2);
        attroff(A_REVERSE);
    }
    if (l->clock) {
        long s = (long)(time(NULL) % 3600);
        mvprintw(0, COLS - 6, "%02ld:%02ld", s / 60, s % 60);
    }
    move((int)(at - top), 0);
    refresh();
}

static void browse(const struct list *l) {
    size_t top = 0, at = 0;
    int key = 0;
    while (key != 'q') {
        paint(l, top, at);
        key = getch();
        if (key == 'j' && at + 1 < l->n)
            at++;
        if (key == 'k' && at > 0)
            at--;
        if (at < top)
            top = at;
        if (at >= top + (size_t)LINES)
            top = at - (size_t)LINES + 1;
    }
}

int main(int argc, char **argv) {
    xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC,
                         .startElementNs = started,
                         .endElementNs = ended,
                         .characters = characters};
    struct list l = {0};

    setlocale(LC_ALL, "");
    l.clock = argc == 3 && strcmp(argv[1], "-t") == 0;
    if (argc != 2 + l.clock || xmlSAXUserParseFile(&sax, &l, argv[argc - 1]) != 0) {
        fprintf(stderr, "usage: floor [-t] FILE\n");
        return 2;
    }
    initscr();
    raw();
    noecho();
    keypad(stdscr, TRUE);
    timeout(l.clock ? 1000 : -1);
    browse(&l);
    endwin();
    return 0;
}
