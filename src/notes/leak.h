/*
 * The leak check: whether finished notes name someone whom their attribution tier does
 * not allow to be named.
 *
 * The notes document has nobody's name below the tier `name`, and no side's next to an
 * entry at `none`; but what was typed may, and so may a template. So the checked page is
 * read as its reader will: its text, title, metadata, and the ids, classes and addresses
 * that some formats carry along. Then the finished file is read again, as far as it has
 * what the page has not:
 *
 *   odt, docx   every text of every part of the archive, headers, footers and metadata
 *               with it, as memobook-office reads it; where styles were taken over, their
 *               names and those of pictures
 *   pdf         every string outside the pages: title and other metadata, outline,
 *               addresses of links, tags. What stands on the pages is glyphs: it is the
 *               checked page, which memobook-pdf is given and adds page numbers to
 *   html, markdown, text   nothing more: they are the checked page, escaped, and what is
 *               fixed in the program
 *
 * What pictures of a reference show is not read.
 *
 * A person's name (leak_names.h) is a leak wherever it stands; so are initials where one
 * signs with them or says something: "(M.Y.)", "M. Y.:", "— M.Y.", "M.Y. said", and "MY:"
 * where the memo has no such abbreviation. A side's name is one where it speaks:
 * "Russia: …", "(Russia)", "— Russia", "Russia could not agree", "proposed by Russia";
 * a side that is merely spoken about ("registries in Russia") is not.
 *
 * What the memo says is public. A name stands in the memo's words when a text of the
 * memo, or a sentence of it of five words at least, stands there letter by letter around
 * it. An author's name is public at the head of the notes, not in an issue, a list or a
 * table.
 *
 * It reads words, not meaning: "the chairman of the association" is not found.
 */
#ifndef NOTES_LEAK_H
#define NOTES_LEAK_H

#include "base/err.h"
#include "model/workbook.h"

struct xhtml;

struct leak {
    const char *name;  /* YAKUSHEV */
    const char *where; /* "A(b), Annotations" */
    const char *text;  /* what stands around it, shortened, fit for a terminal */
    bool in_file;      /* in the finished file, and not in the page */
};

enum { LEAKS_KEPT = 100 };

struct leaks {
    struct arena arena;
    VEC(struct leak) v; /* the first LEAKS_KEPT */
    size_t total;
};

struct leak_check;

/* Of what is to be handed round at a tier; the workbook is borrowed. */
struct leak_check *leak_check_open(const struct workbook *w, enum attribution tier);
/* Adds those of a page. *out is zeroed, or has some. */
void leak_check_page(struct leak_check *c, const struct xhtml *x, struct leaks *out);
/* Adds the names of a finished file that its page did not give away: what its format's
 * reader tells (format.h), line by line: where it stands, a tab, the text. */
void leak_check_lines(struct leak_check *c, const struct buf *lines, struct leaks *out);
void leak_check_close(struct leak_check *c);
void leaks_release(struct leaks *l);

/* "YAKUSHEV, LEE", each name once. */
void leaks_names(const struct leaks *l, struct buf *out);
/* "YAKUSHEV: in A(b), Annotations: “… as Yakushev said …”" */
void leak_line(const struct leak *l, struct buf *out);
/* The refusal, which tells the first of them; -1. */
int leaks_refuse(const struct leaks *l, struct err *err);

#endif
