/*
 * What a template makes and a format reads: a small subset of XHTML, checked and tidied.
 *
 * Elements
 *   page      html (lang), head, title, meta (name, content), body
 *   flow      section div blockquote li dd td: hold blocks
 *   blocks    h1 h2 h3 h4 p dt th: hold text and inline elements; hr
 *   lists     ul, ol (start) of li; dl of dt and dd
 *   tables    table of thead and tbody (or tr); tr of th and td (colspan)
 *   inline    em strong del ins span a (href); br
 * Attributes of any element: class, id, lang (or xml:lang). Any other element or
 * attribute is an error, so that a template in error is found and no script gets through.
 *
 * Classes that the formats know; any other is carried along, and means nothing to them:
 *   on p       genre, subtitle, statement, meta, brief, closing, warning
 *   on section issue: its blocks hang under its heading, in the text format
 *   on p, h1 to h4, with a first child of class cite: the text hangs beside the citation
 *   on dl      facts (title block), record (of an issue)
 *   on ul      plain: no bullets
 *   on strong, span   cite, label, outcome, quiet
 *   on hr      ruled: a line to write on
 *   on span    bar: a whole percentage, drawn as a bar; bracket, alternative, owner
 *   on td, th  number: set to the right
 *
 * Invariants of a tree that was read: blank runs are collapsed as a browser would;
 * no-break spaces stay; control characters and bidirectional overrides are in their
 * visible form; flow elements hold blocks only (text among them stands in a p marked
 * `bare`); a table holds thead and tbody, these hold tr only, and no element is
 * nested deeper than XHTML_DEPTH_MAX. An href is http, https, mailto or #id, or absent.
 *
 * Ownership: nodes and strings belong to the arena of struct xhtml.
 */
#ifndef NOTES_XHTML_H
#define NOTES_XHTML_H

#include "base/err.h"
#include "base/mem.h"

#include <libxml/tree.h>
#include <stdbool.h>
#include <stdint.h>

enum { XHTML_DEPTH_MAX = 64 };

/* What an element holds. */
enum xhtml_role {
    ROLE_FLOW,   /* blocks */
    ROLE_PHRASE, /* text and inline elements; a block itself */
    ROLE_INLINE, /* text and inline elements; inline itself */
    ROLE_LIST,   /* li */
    ROLE_PAIRS,  /* dt and dd */
    ROLE_TABLE,  /* thead, tbody, tr */
    ROLE_ROWS,   /* tr */
    ROLE_ROW,    /* th, td */
    ROLE_VOID,   /* nothing: hr, a block */
    ROLE_BREAK,  /* nothing: br, inline */
    ROLE_TEXT
};

#define XHTML_ELEMENTS(X)                                                                \
    X(TEXT, "", ROLE_TEXT)                                                               \
    X(BODY, "body", ROLE_FLOW)                                                           \
    X(SECTION, "section", ROLE_FLOW)                                                     \
    X(DIV, "div", ROLE_FLOW)                                                             \
    X(BLOCKQUOTE, "blockquote", ROLE_FLOW)                                               \
    X(H1, "h1", ROLE_PHRASE)                                                             \
    X(H2, "h2", ROLE_PHRASE)                                                             \
    X(H3, "h3", ROLE_PHRASE)                                                             \
    X(H4, "h4", ROLE_PHRASE)                                                             \
    X(P, "p", ROLE_PHRASE)                                                               \
    X(UL, "ul", ROLE_LIST)                                                               \
    X(OL, "ol", ROLE_LIST)                                                               \
    X(LI, "li", ROLE_FLOW)                                                               \
    X(DL, "dl", ROLE_PAIRS)                                                              \
    X(DT, "dt", ROLE_PHRASE)                                                             \
    X(DD, "dd", ROLE_FLOW)                                                               \
    X(TABLE, "table", ROLE_TABLE)                                                        \
    X(THEAD, "thead", ROLE_ROWS)                                                         \
    X(TBODY, "tbody", ROLE_ROWS)                                                         \
    X(TR, "tr", ROLE_ROW)                                                                \
    X(TH, "th", ROLE_PHRASE)                                                             \
    X(TD, "td", ROLE_FLOW)                                                               \
    X(HR, "hr", ROLE_VOID)                                                               \
    X(EM, "em", ROLE_INLINE)                                                             \
    X(STRONG, "strong", ROLE_INLINE)                                                     \
    X(DEL, "del", ROLE_INLINE)                                                           \
    X(INS, "ins", ROLE_INLINE)                                                           \
    X(SPAN, "span", ROLE_INLINE)                                                         \
    X(A, "a", ROLE_INLINE)                                                               \
    X(BR, "br", ROLE_BREAK)

enum xhtml_element {
#define X(sym, name, role) XHTML_##sym,
    XHTML_ELEMENTS(X)
#undef X
        XHTML_COUNT
};

/* "" for what an element does not have. */
struct xattrs {
    const char *classes, *id, *lang, *href;
    uint16_t number; /* start of an ol, colspan of a cell; 1 unless given */
};

struct xnode {
    uint8_t element; /* enum xhtml_element */
    bool bare;       /* a p around text that stands in a flow element by itself */
    uint32_t len;    /* of a text */
    union {
        const char *text;           /* XHTML_TEXT; ended by NUL */
        const struct xattrs *attrs; /* any other; never NULL */
    };
    struct xnode *child, *next;
};

struct xmeta {
    const char *name, *content;
    struct xmeta *next;
};

struct xhtml {
    struct arena arena;
    const char *lang, *title; /* "" where the template gives none */
    struct xmeta *meta;
    struct xnode *body;
    const char *left_out; /* a line for a person about the first thing that is, or NULL */
};

/* Reads what a template made; doc is borrowed. NULL with *err. */
struct xhtml *xhtml_read(const xmlDoc *doc, struct err *err);
/* The same from text, for helpers and tests. */
struct xhtml *xhtml_parse(const char *xml, size_t len, struct err *err);
void xhtml_free(struct xhtml *x);

const char *xhtml_name(enum xhtml_element e);
enum xhtml_role xhtml_role(const struct xnode *n);
bool xhtml_has_class(const struct xnode *n, const char *word);
/* The per cent that a span of class bar stands for, 0 to 100; -1 for any other node. */
int xhtml_bar(const struct xnode *n);
/* Appends the text of a node and all in it, a br as a line feed. */
void xhtml_text(const struct xnode *n, struct buf *out);
/* Whether the items of a ul, ol or dl each are one paragraph, with a tight list at most.
 */
bool xhtml_tight(const struct xnode *list);
/* The same of one item. */
bool xhtml_tight_item(const struct xnode *item);

#endif
