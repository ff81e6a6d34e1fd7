/*
 * Formats: the checked XHTML of a template becomes a file.
 *
 * To add one: a function, and a line in FORMATS. It may rely on all that xhtml.h
 * promises. Errors: 0, or -1 with *err.
 */
#ifndef NOTES_FORMAT_H
#define NOTES_FORMAT_H

#include "notes.h"
#include "xhtml.h"

#include "base/buf.h"

struct format_options {
    size_t width;          /* columns of text; at least FORMAT_WIDTH_MIN */
    enum paper paper;      /* of formats that have pages */
    int64_t now;           /* when the document was made, where it says so */
    struct buf *warnings;  /* lines for a person; NULL: they are not wanted */
    const char *reference; /* an odt or a docx to take the styles of, or NULL */
};

enum { FORMAT_WIDTH = 72, FORMAT_WIDTH_MIN = 16 };

/* X(name, help, suffix) */
#define FORMATS(X)                                                                       \
    X(text, "plain text, wrapped to a width", ".txt")                                    \
    X(markdown, "Markdown, as on GitHub", ".md")                                         \
    X(html, "one web page for screen, phone and print", ".html")                         \
    X(odt, "a document for LibreOffice", ".odt")                                         \
    X(docx, "a document for Word", ".docx")                                              \
    X(pdf, "pages for print and for the file", ".pdf")

typedef int (*format_writer)(const struct xhtml *x, const struct format_options *o,
                             struct buf *out, struct err *err);

#define X(name, help, suffix)                                                            \
    int format_##name(const struct xhtml *x, const struct format_options *o,             \
                      struct buf *out, struct err *err);
FORMATS(X)
#undef X

/* Appends what of a finished document is not the page that it was made of, a line each:
 * where it stands, a tab, the text (leak.h). Nothing for a format that adds nothing. */
int format_read(const char *format, const struct format_options *o,
                const struct buf *document, struct buf *lines, struct err *err);
int format_read_office(const struct format_options *o, const struct buf *document,
                       struct buf *lines, struct err *err);
int format_read_pdf(const struct buf *document, struct buf *lines, struct err *err);

/* The writer of a format; NULL with *err when there is none of the name. */
format_writer format_find(const char *name, struct err *err);

#endif
