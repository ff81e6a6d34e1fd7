/*
 * The capture line: speaker, kind and text of an annotation, or an action item, typed in
 * one go. Pure.
 *
 *     line   := { mark } text
 *     mark   := "~"                   non-attributable
 *             | "@" name              the speaker; after ">", the owner; "@-" is nobody
 *             | "+" "-" "!" "?" "="   for, against, proposal, question, fact
 *             | ">"                   an action item; its text may end in "by YYYY-MM-DD"
 *
 * Marks stand in any order, each at most once; "+ - ! ? = >" exclude each other.
 *
 * The words of a person are never lost, so what could be text is text:
 * - A mark is one only before a blank and text, or before another mark: "-5 degrees",
 *   "+7 495", "=", "->", "?!", "@" and "@yak" alone are text. To be on the safe side "~"
 *   before anything else stays in the text, but makes the entry non-attributable.
 * - A name is letters, digits and marks of any script, with - _ . ' after the first;
 *   punctuation after it (, : ; .) is dropped. "a@b.org" further on is text.
 * - A date that does not exist, or that leaves no text, stays in the text.
 * - A backslash before what would be a mark makes that text; only there it is dropped.
 * Where a mark or a date seems to have been meant, the notice says what became of it.
 *
 * Invariants of a parsed capture: the text neither begins nor ends with a blank (blank,
 * tab, line feed, carriage return); it is empty for an empty line only; an action is a
 * CAPTURE_COMMENT; owner and due are an action's; a due date has text before it.
 *
 * Ownership: the strings are the capture's until capture_release().
 */
#ifndef MODEL_CAPTURE_H
#define MODEL_CAPTURE_H

#include "base/buf.h"

#include <stdbool.h>

enum capture_kind {
    CAPTURE_COMMENT,
    CAPTURE_FOR,
    CAPTURE_AGAINST,
    CAPTURE_PROPOSAL,
    CAPTURE_QUESTION,
    CAPTURE_FACT,
};

struct capture {
    char *speaker; /* as typed, without the @; "-" says nobody; NULL for none */
    enum capture_kind kind;
    bool action;
    char *owner;  /* as typed, without the @; "-" says nobody; NULL for none */
    char due[11]; /* YYYY-MM-DD, a real date; or "" */
    bool non_attributable;
    char *text;   /* never NULL once parsed */
    char *notice; /* one sentence for the person; NULL for none */
};

#define CAPTURE_INIT                                                                     \
    { 0 }

/* Fills *c, which is CAPTURE_INIT or released. Never fails. */
void capture_parse(const char *line, struct capture *c);
/* Appends a line that parses to the same (but for the notice), if *c keeps the invariants
 * above. What cannot be said in a line: an action without due date whose text ends in
 * "by YYYY-MM-DD" comes back with that as its date. */
void capture_format(const struct capture *c, struct buf *out);
void capture_release(struct capture *c);

#endif
