/*
 * The background of an issue or a topic: its references and chronology, the terms its
 * words hold. A part of a screen (the third pane of a wide one), and a screen of its own.
 */
#ifndef UI_BACKGROUND_H
#define UI_BACKGROUND_H

#include "page.h"
#include "shell.h"

struct background {
    struct page page;
    struct ref shown;
    bool stale;
};

void background_init(struct background *b);
void background_release(struct background *b);
void background_draw(struct background *b, const struct workbook *w, struct ref ref,
                     struct canvas *c, struct rect area, bool focused);

#endif
