#include "docx_fields.h"

#include <string.h>
#include <strings.h>

struct showing {
    const char *title, *subject;
    const char *shown; /* what a field shows; NULL: what it has */
};

/* What a field of ours shows; NULL for one that tells nothing, such as a page number. */
static const char *value_of(const struct showing *s, const char *instruction) {
    const struct {
        const char *name, *value;
    } fields[] = {{"TITLE", s->title}, {"SUBJECT", s->subject}, {"STYLEREF", ""}};
    instruction += strspn(instruction, " \t\r\n");
    size_t len = strcspn(instruction, " \t\r\n\\");
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (len == strlen(fields[i].name) &&
            strncasecmp(instruction, fields[i].name, len) == 0)
            return fields[i].value;
    return NULL;
}

/* The first text has all of it. */
static void show(struct showing *s, xmlNode *text) {
    xmlNodeSetContent(text, NULL);
    xmlNodeAddContent(text, (const xmlChar *)s->shown);
    s->shown = "";
}

static void show_in(struct showing *s, xmlNode *root) {
    for (xmlNode *n = root; n && s->shown; n = part_next(n, root, true))
        if (part_is(n, "t"))
            show(s, n);
    s->shown = NULL;
}

/* A control that stays is bound to the title. */
static bool is_of_title(const xmlNode *n) {
    return part_is(n, "sdt") && part_child(part_child(n, "sdtPr"), "dataBinding");
}

static void show_simple(const struct showing *s, xmlNode *root) {
    for (xmlNode *n = root; n; n = part_next(n, root, true)) {
        const char *instruction = part_is(n, "fldSimple") ? part_get(n, "instr") : NULL;
        struct showing in = *s;
        in.shown = instruction      ? value_of(s, instruction)
                   : is_of_title(n) ? s->title
                                    : NULL;
        show_in(&in, n);
    }
}

/* Fields from a mark to a mark; none is in another. */
static void show_marked(struct showing *s, xmlNode *root) {
    struct buf instruction = BUF_INIT;
    for (xmlNode *n = root; n; n = part_next(n, root, true)) {
        const char *mark = part_is(n, "fldChar") ? part_get(n, "fldCharType") : NULL;
        if (mark && strcmp(mark, "separate") == 0)
            s->shown = value_of(s, instruction.s);
        else if (mark) {
            buf_clear(&instruction);
            s->shown = NULL;
        }
        if (part_is(n, "instrText")) {
            xmlChar *text = xmlNodeGetContent(n);
            buf_puts(&instruction, text ? (const char *)text : "");
            xmlFree(text);
        }
        if (part_is(n, "t") && s->shown)
            show(s, n);
    }
    buf_release(&instruction);
}

void docx_fields_show(xmlDoc *doc, const char *title, const char *subject) {
    struct showing s = {title, subject, NULL};
    show_simple(&s, xmlDocGetRootElement(doc));
    show_marked(&s, xmlDocGetRootElement(doc));
}
