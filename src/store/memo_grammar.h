/*
 * The grammar of a memo as a table: which elements stand where, in which order, with
 * which attributes. The same as memos/memo.rnc; memo_reader.c works from it.
 */
#ifndef STORE_MEMO_GRAMMAR_H
#define STORE_MEMO_GRAMMAR_H

#include <stdbool.h>
#include <stddef.h>

enum memo_element {
    EL_NONE,
    EL_MEMO,
    EL_HEAD,
    EL_TITLE,
    EL_GENRE,
    EL_AUTHOR,
    EL_MEETING,
    EL_NAME,
    EL_HOST,
    EL_PLACE,
    EL_SIDE,
    EL_INTRODUCTION,
    EL_P,
    EL_TOPICS,
    EL_LEAD,
    EL_TOPIC,
    EL_STATEMENT,
    EL_ISSUE,
    EL_RECOMMENDATIONS,
    EL_RECOMMENDATION,
    EL_REFERENCES,
    EL_REFERENCE,
    EL_CHRONOLOGY,
    EL_ENTRY,
    EL_TERMS,
    EL_TERM,
    EL_TERM_NAME,
    EL_DEFINITION,
    EL_EM,
    EL_COUNT
};

enum memo_occurs { ONE, MAYBE, ANY, SOME };

struct memo_child {
    const char *name;
    enum memo_element element;
    enum memo_occurs occurs;
};

enum memo_attr_type {
    ATTR_VERSION,
    ATTR_LANG,
    ATTR_RULE,
    ATTR_ID,
    ATTR_TEXT,
    ATTR_DAY,
    ATTR_DATE,
    ATTR_MINUTES,
    ATTR_PRIORITY,
    ATTR_KIND,
    ATTR_SIDES,
    ATTR_REFS
};

struct memo_attr_rule {
    const char *name;
    enum memo_attr_type type;
    bool required;
};

struct memo_rule_of {
    const struct memo_child *children; /* in their order, ended by a NULL name */
    const struct memo_attr_rule *attrs;
    enum { TEXT_NO, TEXT_PLAIN, TEXT_MIXED } text;
};

extern const struct memo_rule_of memo_grammar[EL_COUNT];

#endif
