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
#include "paper.h"

struct leaks;

struct notes_options {
    const char *template_name;    /* "session-notes", or a file name */
    const char *format;           /* "text" */
    enum attribution attribution; /* the most that is said of who spoke */
    int64_t now;                  /* the date on the notes */
    size_t width;                 /* columns of text; 0: 72 */
    enum paper paper;             /* of formats that have pages */
    struct buf *warnings;         /* lines for a person about the document; or NULL */
    const char *reference;        /* odt, docx: a file to take the styles of, or NULL */
    uint32_t sitting;             /* index of the one that they are of, or NONE: all */
    bool private;                 /* with what only the facilitator knows */
    bool allow_names;             /* names that leak are told, and not refused */
    struct leaks *leaks;          /* takes the names that leak (leak.h); or NULL */
};

/* The defaults: the memo's rule sets the attribution, paper.h the paper. */
void notes_options_init(struct notes_options *o, const struct workbook *w, int64_t now);

/* Appends the finished document to *out, and to *o->warnings what whoever hands it round
 * should know. Refused where it would name someone whom the attribution does not allow to
 * be named, unless o->allow_names; either way *o->leaks, which is zeroed, has who and
 * where. */
int notes_render(const struct workbook *w, const struct notes_options *o, struct buf *out,
                 struct err *err);

/* Whether a template compiles, and makes a sound page of a memo where nothing was
 * recorded, of a sample that has one of everything, and of `w` unless it is NULL,
 * whatever the attribution. 0, or -1 with *err. */
int notes_check_template(const char *name, const struct workbook *w, struct err *err);

/* Saves a finished document: whole or not at all, on disk when it returns. Only with
 * `replace` in place of a file that is there, and never in place of `source`, the memo or
 * workbook that it was made of, or of what is no ordinary file. */
int notes_save(const char *path, const char *source, const struct buf *document,
               bool replace, struct err *err);
/* Pages of a document in the format pdf; 0 where that is not known. */
size_t notes_pages(const struct buf *pdf);

/* Names, ended by NULL, with a line of help each. */
struct notes_choice {
    const char *name, *help, *suffix; /* suffix of a format's files: ".txt" */
};
const struct notes_choice *notes_formats(void);
/* Whether it has pages, which are of a paper. A helper program makes it. */
bool notes_format_is_paged(const char *name);
/* False for a format whose helper program was not built or installed. */
bool notes_format_available(const char *name);
/* Stock templates and the user's; owned by notes, until notes_release(). */
const struct notes_choice *notes_templates(void);
void notes_release(void);

#endif
