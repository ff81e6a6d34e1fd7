/*
 * From XHTML to what a word processor has: paragraphs of named styles, with spans in
 * them, in lists and tables. walk() goes through the document once and calls the
 * operations of a format, in the order of the text.
 *
 * What a writer may rely on: spans, links, tabs, line breaks and anchors come within a
 * paragraph; paragraphs, lists and tables within items and cells; an item only within a
 * list, a row within a table, a cell within a row. Every row has the same columns. A cell
 * may be left empty; a table has a row. Elements close in the order in which they opened.
 * No text has two blanks in a row, but a no-break space may stand anywhere.
 *
 * One h1, before all other headings, is the title, and h2 then is heading 1; else h1 is.
 */
#ifndef HELPERS_WALK_H
#define HELPERS_WALK_H

#include "anchors.h"
#include "columns.h"
#include "language.h"

/* X(symbol, style of ODT, style of DOCX). The styles are in odt-styles.xml and
 * docx-styles.xml. */
#define PARA_KINDS(X)                                                                    \
    X(TITLE, "Title", "Title")                                                           \
    X(HEADING_1, "Heading_20_1", "Heading1")                                             \
    X(HEADING_2, "Heading_20_2", "Heading2")                                             \
    X(HEADING_3, "Heading_20_3", "Heading3")                                             \
    X(HEADING_4, "Heading_20_4", "Heading4")                                             \
    X(BODY, "Text_20_body", "BodyText")                                                  \
    X(GENRE, "Genre", "Genre")                                                           \
    X(SUBTITLE, "Subtitle", "Subtitle")                                                  \
    X(STATEMENT, "Statement", "Statement")                                               \
    X(QUESTION, "Question", "Question")                                                  \
    X(REMARK, "Remark", "Remark")                                                        \
    X(BRIEF, "Brief", "Brief")                                                           \
    X(CLOSING, "Closing", "ClosingLine")                                                 \
    X(QUOTE, "Quotations", "Quote")                                                      \
    X(WARNING, "Warning", "Warning")                                                     \
    X(RULE, "Horizontal_20_Line", "HorizontalLine")                                      \
    X(RULED, "Ruled_20_line", "RuledLine")                                               \
    X(BULLET, "List_20_1", "ListBullet")                                                 \
    X(NUMBER, "Numbering_20_1", "ListNumber")                                            \
    X(NUMBERED_QUESTION, "Numbered_20_question", "NumberedQuestion")                     \
    X(ITEM_MORE, "List_20_1_20_Cont.", "ListContinue")                                   \
    X(PLAIN_ITEM, "Plain_20_list", "PlainList")                                          \
    X(PLAIN_MORE, "Plain_20_list_20_continued", "PlainListContinued")                    \
    X(TERM, "List_20_Heading", "DefinitionTerm")                                         \
    X(DEFINITION, "List_20_Contents", "Definition")                                      \
    X(RECORD, "Record", "Record")                                                        \
    X(RECORD_TEXT, "Record_20_text", "RecordText")                                       \
    X(RECORD_FIRST_ITEM, "Record_20_first_20_item", "RecordFirstItem")                   \
    X(RECORD_ITEM, "Record_20_item", "RecordItem")                                       \
    X(RECORD_MORE, "Record_20_item_20_continued", "RecordItemContinued")                 \
    X(RECORD_HEADING, "Record_20_heading", "RecordHeading")                              \
    X(RECORD_LIST_ITEM, "Record_20_list_20_item", "RecordListItem")                      \
    X(RECORD_LIST_MORE, "Record_20_list_20_item_20_continued",                           \
      "RecordListItemContinued")                                                         \
    X(CELL, "Table_20_Contents", "TableContents")                                        \
    X(CELL_HEADING, "Table_20_Heading", "TableHeading")                                  \
    X(CELL_NUMBER, "Table_20_number", "TableNumber")                                     \
    X(CELL_NUMBER_HEADING, "Table_20_number_20_heading", "TableNumberHeading")           \
    X(FACT, "Fact", "Fact")                                                              \
    X(FACT_NAME, "Fact_20_name", "FactName")

enum para_kind {
#define X(sym, odt, docx) PARA_##sym,
    PARA_KINDS(X)
#undef X
        PARA_COUNT
};

/* The same for spans; NULL: the format does without a style. */
#define SPAN_KINDS(X)                                                                    \
    X(NONE, NULL, NULL)                                                                  \
    X(EM, "Emphasis", "Emphasis")                                                        \
    X(UPRIGHT, "Upright_20_emphasis", "Emphasis")                                        \
    X(STRONG, "Strong_20_Emphasis", "Strong")                                            \
    X(DEL, "Deleted", NULL)                                                              \
    X(INS, "Inserted", NULL)                                                             \
    X(CITE, "Cite", "Cite")                                                              \
    X(LABEL, "Label", "Label")                                                           \
    X(RECORD_NAME, "Record_20_name", "RecordName")                                       \
    X(QUIET, "Quiet", "Quiet")                                                           \
    X(OUTCOME, "Outcome", "Outcome")                                                     \
    X(REACHED, "Outcome_20_reached", "OutcomeReached")                                   \
    X(PENDING, "Outcome_20_pending", "OutcomePending")                                   \
    X(DISPUTED, "Outcome_20_disputed", "OutcomeDisputed")                                \
    X(BRACKET, "Bracket", "Bracket")                                                     \
    X(OWNER, "Owner", "Owner")                                                           \
    X(BAR, "Bar", "Bar")                                                                 \
    X(BAR_REST, "Bar_20_rest", "BarRest")

enum span_kind {
#define X(sym, odt, docx) SPAN_##sym,
    SPAN_KINDS(X)
#undef X
        SPAN_COUNT
};

struct para {
    enum para_kind kind;
    const char *lang; /* "" where it is the document's */
    bool keep;        /* on the page of what follows, whatever the style says */
};

struct list_shape {
    bool numbered;
    bool in_record; /* indented as the text of a record */
    unsigned start;
};

enum table_look { TABLE_GRID, TABLE_FACTS };

struct table {
    enum table_look look;
    unsigned n, share[COLUMNS_MAX]; /* see columns.h */
};

struct cell {
    unsigned at, span; /* from 0 */
    bool head;
};

struct walk_ops {
    void (*para_open)(void *out, const struct para *p);
    void (*para_close)(void *out);
    void (*text)(void *out, const char *s, size_t len);
    void (*tab)(void *out);
    void (*line_break)(void *out);
    void (*anchor)(void *out, const char *name);
    void (*span_open)(void *out, enum span_kind kind, const char *lang);
    void (*span_close)(void *out);
    /* Either an address or the name of an anchor. */
    void (*link_open)(void *out, const char *href, const char *anchor);
    void (*link_close)(void *out);
    void (*list_open)(void *out, const struct list_shape *l);
    void (*list_close)(void *out);
    void (*item_open)(void *out);
    void (*item_close)(void *out);
    void (*table_open)(void *out, const struct table *t);
    void (*table_close)(void *out);
    void (*row_open)(void *out, bool head);
    void (*row_close)(void *out);
    void (*cell_open)(void *out, const struct cell *c);
    void (*cell_close)(void *out);
};

void walk(const struct xhtml *x, const struct walk_ops *ops, void *out);

#endif
