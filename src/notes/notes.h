/*
 * Session notes: state -> notes document (XML) -> template (XSLT) -> XHTML -> format.
 *
 * notes_document() is the one projection of the state; memobook-templates(5) documents
 * it. A template is run with no file, no network, no writing. A format turns the small
 * subset of XHTML that templates give into bytes. Libxml2's types stay inside notes/.
 *
 * Errors: 0, or -1 with *err (file, line, reason for a template's).
 */
#ifndef NOTES_NOTES_H
#define NOTES_NOTES_H

#include "model/workbook.h"

enum paper { PAPER_A4, PAPER_LETTER };

struct notes_options {
    const char *template_name;    /* "session-notes", or a file name */
    const char *format;           /* "text" */
    enum attribution attribution; /* the most that is said of who spoke */
    int64_t now;                  /* the date on the notes */
    size_t width;                 /* columns of text; 0: 72 */
    enum paper paper;             /* of formats that have pages */
    struct buf *warnings;         /* lines for a person about the document; or NULL */
    const char *reference;        /* odt, docx: a file to take the styles of, or NULL */
};

/* The defaults: the memo's rule sets the attribution. */
void notes_options_init(struct notes_options *o, const struct workbook *w, int64_t now);

/* Appends the finished document to *out. */
int notes_render(const struct workbook *w, const struct notes_options *o, struct buf *out,
                 struct err *err);

/* Names, ended by NULL, with a line of help each. */
struct notes_choice {
    const char *name, *help, *suffix; /* suffix of a format's files: ".txt" */
};
const struct notes_choice *notes_formats(void);
/* False for a format whose helper program was not built or installed. */
bool notes_format_available(const char *name);
/* Stock templates and the user's; owned by notes, until notes_release(). */
const struct notes_choice *notes_templates(void);
void notes_release(void);

#endif
