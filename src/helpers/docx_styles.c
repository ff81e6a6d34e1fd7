#include "docx_styles.h"

#include "docx_clean.h"
#include "language.h"

#include "base/mem.h"

#include <ctype.h>
#include <libxml/hash.h>
#include <stdlib.h>
#include <string.h>

enum { STOCK_LISTS = 4 }; /* in docx-numbering.xml */

struct docx_styles {
    xmlDoc *styles, *numbering;
    xmlHashTable *ids;     /* id in docx-styles.xml -> id here */
    xmlHashTable *present; /* "type|name" and "#id" -> the style */
    struct arena arena;
    unsigned n_abstract, n_number; /* added to ids of docx-numbering.xml */
    unsigned last_number;
    struct buf further; /* lists with numbers of their own */
    struct docx_list lists[2][DOCX_DEPTH_MAX];
};

static const char *val(const xmlNode *n) {
    const char *v = part_get(n, "val");
    return v ? v : "";
}

static unsigned number(const char *s) {
    unsigned long n = s ? strtoul(s, NULL, 10) : 0;
    return n < 1u << 30 ? (unsigned)n : 0;
}

static void set_number(xmlNode *n, const char *name, unsigned value) {
    char s[16];
    snprintf(s, sizeof s, "%u", value);
    part_set(n, "w", name, s);
}

/* ---- which styles are there */

static void style_key(const xmlNode *style, struct buf *key) {
    const char *type = part_get(style, "type");
    buf_clear(key);
    buf_addf(key, "%s|%s", type ? type : "", val(part_child(style, "name")));
    for (size_t i = 0; i < key->len; i++)
        key->s[i] = (char)tolower((unsigned char)key->s[i]);
}

static void note_style(struct docx_styles *s, xmlNode *style) {
    struct buf key = BUF_INIT;
    const char *id = part_get(style, "styleId");
    if (!id || !*id)
        return;
    style_key(style, &key);
    xmlHashAddEntry(s->present, (const xmlChar *)key.s, style);
    buf_clear(&key);
    buf_addf(&key, "#%s", id);
    xmlHashAddEntry(s->present, (const xmlChar *)key.s, style);
    buf_release(&key);
}

static xmlNode *style_of_id(const struct docx_styles *s, const char *id) {
    struct buf key = BUF_INIT;
    buf_addf(&key, "#%s", id);
    xmlNode *style = xmlHashLookup(s->present, (const xmlChar *)key.s);
    buf_release(&key);
    return style;
}

static void note_styles(struct docx_styles *s) {
    xmlNode *root = xmlDocGetRootElement(s->styles);
    for (xmlNode *n = part_child(root, "style"); n; n = part_element(n->next))
        if (part_is(n, "style"))
            note_style(s, n);
}

const char *docx_style(const struct docx_styles *s, const char *id) {
    const char *here = xmlHashLookup(s->ids, (const xmlChar *)id);
    return here ? here : id;
}

/* ---- adding what is missing */

/* Finds what each of our styles is called here: an id of the reference, or our own, with
 * another beginning where the reference uses it for something else. */
static void choose_id(struct docx_styles *s, const xmlNode *stock) {
    struct buf key = BUF_INIT;
    const char *id = part_get(stock, "styleId");
    style_key(stock, &key);
    const xmlNode *same = xmlHashLookup(s->present, (const xmlChar *)key.s);
    const char *theirs = same ? part_get(same, "styleId") : NULL;
    buf_clear(&key);
    buf_puts(&key, theirs ? theirs : id);
    while (!theirs && style_of_id(s, key.s)) {
        char *longer = buf_detach(&key);
        buf_addf(&key, "Notes%s", longer);
        mem_free(longer);
    }
    xmlHashAddEntry(s->ids, (const xmlChar *)id, arena_strdup(&s->arena, key.s));
    buf_release(&key);
}

static void translate_ids(struct docx_styles *s, xmlNode *style) {
    static const char *const names[] = {"basedOn", "next", "link"};
    part_set(style, "w", "styleId", docx_style(s, part_get(style, "styleId")));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        xmlNode *n = part_child(style, names[i]);
        if (n)
            part_set(n, "w", "val", docx_style(s, val(n)));
    }
    xmlNode *num = part_child(part_child(part_child(style, "pPr"), "numPr"), "numId");
    if (num)
        set_number(num, "val", number(val(num)) + s->n_number);
}

static xmlNode *copy_to(xmlNode *parent, xmlNode *before, const xmlNode *from) {
    xmlNode *copy = xmlDocCopyNode((xmlNode *)(uintptr_t)from, parent->doc, 1);
    if (!copy)
        mem_exhausted();
    if (before)
        xmlAddPrevSibling(before, copy);
    else
        xmlAddChild(parent, copy);
    xmlReconciliateNs(parent->doc, copy);
    return copy;
}

static void add_style(struct docx_styles *s, xmlNode *stock) {
    struct buf key = BUF_INIT;
    style_key(stock, &key);
    if (!xmlHashLookup(s->present, (const xmlChar *)key.s)) {
        xmlNode *copy = copy_to(xmlDocGetRootElement(s->styles), NULL, stock);
        translate_ids(s, copy);
        note_style(s, copy);
    }
    buf_release(&key);
}

static void merge_styles(struct docx_styles *s, const xmlDoc *stock) {
    xmlNode *first = part_child(xmlDocGetRootElement(stock), "style");
    for (xmlNode *n = first; n; n = part_element(n->next))
        choose_id(s, n);
    for (xmlNode *n = first; n; n = part_element(n->next))
        add_style(s, n);
}

static unsigned largest(const xmlNode *root, const char *element, const char *attr) {
    unsigned most = 0;
    for (xmlNode *n = part_element(root->children); n; n = part_element(n->next)) {
        unsigned own = part_is(n, element) ? number(part_get(n, attr)) : 0;
        most = own > most ? own : most;
    }
    return most;
}

/* Ours after theirs; all abstract ones stand before the first that is in use. */
static void merge_numbering(struct docx_styles *s, const xmlDoc *stock) {
    xmlNode *root = xmlDocGetRootElement(s->numbering);
    xmlNode *ours = part_element(xmlDocGetRootElement(stock)->children);
    xmlNode *first = part_child(root, "num"),
            *last = part_child(root, "numIdMacAtCleanup");
    for (; ours; ours = part_element(ours->next)) {
        bool abstract = part_is(ours, "abstractNum");
        xmlNode *copy = copy_to(root, abstract && first ? first : last, ours);
        if (abstract) {
            set_number(copy, "abstractNumId",
                       number(part_get(copy, "abstractNumId")) + s->n_abstract);
            continue;
        }
        xmlNode *of = part_child(copy, "abstractNumId");
        set_number(copy, "numId", number(part_get(copy, "numId")) + s->n_number);
        set_number(of, "val", number(val(of)) + s->n_abstract);
    }
}

/* Which style belongs to a level is ours to say only where the style is ours. */
static void link_levels(struct docx_styles *s) {
    xmlNode *root = xmlDocGetRootElement(s->numbering);
    for (xmlNode *n = root, *next; n; n = next) {
        next = part_next(n, root, true);
        if (part_is(n, "pStyle") &&
            number(part_get(n->parent->parent, "abstractNumId")) >= s->n_abstract)
            part_remove(n);
    }
}

/* ---- lists */

static xmlNode *num_of_style(const struct docx_styles *s, const char *id) {
    for (int steps = 0; *id && steps < 20; steps++) {
        const xmlNode *style = style_of_id(s, id);
        xmlNode *num = part_child(part_child(style, "pPr"), "numPr");
        if (num)
            return num;
        id = val(part_child(style, "basedOn"));
    }
    return NULL;
}

static xmlNode *num_of_number(const struct docx_styles *s, unsigned id) {
    xmlNode *root = xmlDocGetRootElement(s->numbering);
    for (xmlNode *n = part_child(root, "num"); n; n = part_element(n->next))
        if (part_is(n, "num") && number(part_get(n, "numId")) == id)
            return n;
    return NULL;
}

/* Of docx-numbering.xml. */
static struct docx_list stock_list(const struct docx_styles *s, unsigned which,
                                   unsigned depth) {
    return (struct docx_list){.number = s->n_number + which + 1,
                              .abstract = s->n_abstract + which,
                              .level = depth <= DOCX_LEVEL_MAX ? depth - 1
                                                               : DOCX_LEVEL_MAX - 1};
}

/* As the style has it, or as docx-numbering.xml, where the style says nothing of use. */
static struct docx_list find_list(const struct docx_styles *s, bool numbered,
                                  unsigned depth) {
    char id[24];
    snprintf(id, sizeof id, depth > 1 ? "%s%u" : "%s",
             numbered ? "ListNumber" : "ListBullet", depth);
    const xmlNode *pr = num_of_style(s, docx_style(s, id));
    struct docx_list l = {.number = number(val(part_child(pr, "numId"))),
                          .level = number(val(part_child(pr, "ilvl")))};
    const xmlNode *num = l.number ? num_of_number(s, l.number) : NULL;
    l.by_style = num != NULL && l.level < DOCX_LEVEL_MAX;
    if (l.by_style) {
        l.abstract = number(val(part_child(num, "abstractNumId")));
        return l;
    }
    return stock_list(s, numbered, depth);
}

struct docx_list docx_list_of(const struct docx_styles *s, bool numbered,
                              unsigned depth) {
    if (depth <= DOCX_DEPTH_MAX)
        return s->lists[numbered][depth - 1];
    return stock_list(s, numbered, depth);
}

struct docx_list docx_record_list(const struct docx_styles *s, bool numbered,
                                  unsigned depth) {
    return stock_list(s, 2 + numbered, depth);
}

unsigned docx_list_start(struct docx_styles *s, const struct docx_list *l,
                         unsigned start) {
    buf_addf(&s->further,
             "<w:num w:numId=\"%u\"><w:abstractNumId w:val=\"%u\"/>"
             "<w:lvlOverride w:ilvl=\"%u\"><w:startOverride w:val=\"%u\"/>"
             "</w:lvlOverride></w:num>\n",
             ++s->last_number, l->abstract, l->level, start);
    return s->last_number;
}

/* ---- opening */

static xmlDoc *read_part(struct package *p, const char *kind, const char *root,
                         struct err *err) {
    char *name = package_find(p, kind, NULL);
    xmlDoc *doc = name ? part_read(p->reference, name, err) : NULL;
    const xmlNode *n = doc ? xmlDocGetRootElement(doc) : NULL;
    if (n && !docx_is_usual(n, root)) {
        err_set(err, "its %s is not as Word writes it", name);
        err_todo(err, "open it in Word or LibreOffice and save it as DOCX");
        err_at(err, archive_path(p->reference), 0, 0);
        xmlFreeDoc(doc);
        doc = NULL;
    }
    mem_free(name);
    return doc;
}

static int open_reference(struct docx_styles *s, struct package *p, struct err *err) {
    s->styles = read_part(p, "styles", "styles", err);
    if (s->styles)
        s->numbering = read_part(p, "numbering", "numbering", err);
    if (!s->styles || (!s->numbering && err->what))
        return -1;
    docx_clean_styles(s->styles);
    if (s->numbering)
        docx_clean_styles(s->numbering);
    return 0;
}

static int open_styles(struct docx_styles *s, struct package *p, struct err *err) {
    xmlDoc *styles = part_stock("docx-styles.xml");
    xmlDoc *numbering = part_stock("docx-numbering.xml");
    int ret = p->reference ? open_reference(s, p, err) : 0;
    if (ret == 0 && s->numbering) {
        const xmlNode *root = xmlDocGetRootElement(s->numbering);
        s->n_abstract = largest(root, "abstractNum", "abstractNumId") + 1;
        s->n_number = largest(root, "num", "numId");
        merge_numbering(s, numbering);
    } else {
        s->numbering = numbering;
        numbering = NULL;
    }
    if (ret == 0 && s->styles) {
        note_styles(s);
        merge_styles(s, styles);
        link_levels(s);
    } else if (ret == 0) {
        s->styles = styles;
        styles = NULL;
        note_styles(s);
    }
    xmlFreeDoc(styles);
    xmlFreeDoc(numbering);
    return ret;
}

/* ---- the language */

static xmlNode *child_made(xmlNode *n, const char *name) {
    xmlNode *k = part_child(n, name);
    if (k)
        return k;
    k = xmlNewNode(n->ns, (const xmlChar *)name);
    if (n->children && !part_is(n, "rPr"))
        xmlAddPrevSibling(n->children, k);
    else
        xmlAddChild(n, k);
    return k;
}

/* The default; and the style that all are based on does not gainsay it. */
static void set_language(struct docx_styles *s, const char *tag) {
    static const char *const attr[] = {"val", "eastAsia", "bidi"};
    struct language l = language_of(tag);
    xmlNode *root = xmlDocGetRootElement(s->styles);
    if (!l.language[0])
        return;
    xmlNode *rpr =
        child_made(child_made(child_made(root, "docDefaults"), "rPrDefault"), "rPr");
    part_set(child_made(rpr, "lang"), "w", attr[l.script], l.tag);
    xmlNode *normal = style_of_id(s, docx_style(s, "Normal"));
    xmlNode *lang = part_child(part_child(normal, "rPr"), "lang");
    if (lang)
        part_remove(lang);
}

struct docx_styles *docx_styles_open(const struct office *o, struct package *p,
                                     struct err *err) {
    struct docx_styles *s = mem_zalloc(sizeof *s);
    s->ids = xmlHashCreate(128);
    s->present = xmlHashCreate(256);
    s->further = (struct buf)BUF_INIT;
    if (open_styles(s, p, err) < 0) {
        docx_styles_free(s);
        return NULL;
    }
    for (unsigned depth = 1; depth <= DOCX_DEPTH_MAX; depth++)
        for (unsigned numbered = 0; numbered < 2; numbered++)
            s->lists[numbered][depth - 1] = find_list(s, numbered, depth);
    s->last_number = s->n_number + STOCK_LISTS;
    set_language(s, o->x->lang);
    return s;
}

void docx_styles_free(struct docx_styles *s) {
    if (!s)
        return;
    xmlFreeDoc(s->styles);
    xmlFreeDoc(s->numbering);
    xmlHashFree(s->ids, NULL);
    xmlHashFree(s->present, NULL);
    arena_release(&s->arena);
    buf_release(&s->further);
    mem_free(s);
}

/* ---- writing */

/* The further lists go before the end of the part. */
static void add_numbering(struct docx_styles *s, struct package *p) {
    struct buf b = BUF_INIT, all = BUF_INIT;
    xmlNode *last = part_child(xmlDocGetRootElement(s->numbering), "numIdMacAtCleanup");
    if (last)
        part_remove(last);
    part_write(s->numbering, &b);
    size_t end = b.len;
    while (end > 0 && b.s[end] != '<')
        end--;
    buf_add(&all, b.s, end);
    buf_add(&all, s->further.s, s->further.len);
    buf_puts(&all, b.s + end);
    buf_release(&b);
    package_add(p, "numbering.xml", "numbering", &all);
}

void docx_styles_add(struct docx_styles *s, struct package *p) {
    struct buf b = BUF_INIT;
    part_write(s->styles, &b);
    package_add(p, "styles.xml", "styles", &b);
    add_numbering(s, p);
}
