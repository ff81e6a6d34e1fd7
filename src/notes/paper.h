/*
 * Paper: what formats with pages are made for, and what a person has in the printer.
 *
 * The default is the first that says A4 or Letter: PAPERSIZE; the file that PAPERCONF
 * names, or /etc/papersize (as paperconf(1) reads them: its first word); LC_PAPER of the
 * locale. A4 where none does.
 */
#ifndef NOTES_PAPER_H
#define NOTES_PAPER_H

enum paper { PAPER_A4, PAPER_LETTER };

enum paper paper_default(void);
/* "a4" or "letter", whatever the case; -1 for anything else. */
int paper_parse(const char *s);
const char *paper_code(enum paper p); /* "a4" */
const char *paper_name(enum paper p); /* "A4" */

#endif
