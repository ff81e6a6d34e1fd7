/*
 * A screen: what the shell keeps a stack of. A prompt, a menu, the editor are screens
 * too, so that nothing inside an action waits for a key.
 *
 * Each screen is a struct that begins with a struct screen, and one const table of what
 * can be done with it. Operations left out are NULL. shell_push() shows a screen and owns
 * it from then on; shell_pop() calls close() and frees it, after the operation that is
 * running has returned, so that a screen may close itself.
 */
#ifndef UI_SCREEN_H
#define UI_SCREEN_H

#include "canvas.h"
#include "keys.h"

struct shell;
struct screen;

/* What the screen below an overlay has in hand, for commands given by name. */
struct focus {
    struct ref ref;
    uint32_t entry; /* log index of the event that made the focused entry, or NONE */
};
#define FOCUS_NONE ((struct focus){REF_NONE, NONE})

struct screen_ops {
    const char *title; /* "Workbook": for the help */
    bool overlay;      /* the screen below shows, too */
    bool bare;         /* it has the whole terminal, without header and key line */
    /* One of the ON_ flags of command.h. */
    unsigned (*where)(const struct screen *s);
    /* Draws into `area`: between the header and the message line. Overlays may draw on
     * the rows of the message and key line as well. */
    void (*draw)(struct screen *s, struct canvas *c, struct rect area);
    /* Sees each key first; true when it is done with. */
    bool (*first)(struct screen *s, const struct input *in);
    /* A command; args NULL when it was given by a key. False: not for this screen. */
    bool (*command)(struct screen *s, const struct command *c,
                    const struct command_args *args, const char *key);
    /* Typed or pasted text. */
    void (*text)(struct screen *s, const char *text, size_t len, bool pasted);
    /* A click or the wheel that no spot answers to. */
    void (*mouse)(struct screen *s, const struct input *in);
    struct focus (*focus)(const struct screen *s);
    /* What a command is called on the key line just now; "" leaves it off, NULL: as the
     * table says. */
    const char *(*label)(const struct screen *s, enum command_id id);
    /* A slice of work in the background; true while there is more. */
    bool (*idle)(struct screen *s);
    /* An event was applied. */
    void (*changed)(struct screen *s);
    /* Keeps what is being typed and not yet recorded. */
    void (*keep)(struct screen *s);
    /* Drops what was typed earlier and is held still, as a needle that was looked for. */
    void (*forget)(struct screen *s);
    void (*close)(struct screen *s);
};

struct screen {
    const struct screen_ops *ops;
    struct shell *shell;
};

#endif
