#include "docx_clean.h"

#include "docx_fields.h"
#include "picture.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

struct cleaning {
    struct package *p;
    const char *name; /* of the part */
    xmlDoc *rels;
    struct buf *kept;
    unsigned n_kept;
};

static bool one_of(const char *name, const char *const list[]) {
    for (; *list; list++)
        if (strcmp(name, *list) == 0)
            return true;
    return false;
}

bool docx_is_usual(const xmlNode *root, const char *name) {
    const xmlNs *ns = root->ns;
    return part_is(root, name) && ns && strcmp((const char *)ns->href, DOCX_W) == 0 &&
           ns->prefix && strcmp((const char *)ns->prefix, "w") == 0;
}

/* ---- elements */

static bool unwanted(const xmlNode *n) {
    static const char *const names[] = {"object",
                                        "OLEObject",
                                        "control",
                                        "altChunk",
                                        "subDoc",
                                        "numPicBullet",
                                        "lvlPicBulletId",
                                        "comment",
                                        "del",
                                        "moveFrom",
                                        "commentReference",
                                        "commentRangeStart",
                                        "commentRangeEnd",
                                        "attachedSchema",
                                        "customXmlDelRangeStart",
                                        "embedRegular",
                                        "embedBold",
                                        "embedItalic",
                                        "embedBoldItalic",
                                        "hlinkClick",
                                        "hlinkHover",
                                        "svgBlip",
                                        "permStart",
                                        "permEnd",
                                        NULL};
    const char *name = (const char *)n->name;
    size_t len = strlen(name);
    return one_of(name, names) ||
           (len > 6 && strcmp(name + len - 6, "Change") == 0); /* pPrChange … */
}

static bool title_of_document(const xmlNode *binding) {
    const char *path = part_get(binding, "xpath");
    return path && strstr(path, "coreProperties") && strstr(path, "title");
}

/* A control that shows a property of the reference: its author, its company. */
static bool shows_property(const xmlNode *n) {
    const xmlNode *binding =
        part_is(n, "sdt") ? part_child(part_child(n, "sdtPr"), "dataBinding") : NULL;
    return binding && !title_of_document(binding);
}

static bool is_picture(const xmlNode *n) {
    return part_is(n, "docPr") || part_is(n, "cNvPr") || part_is(n, "imagedata") ||
           part_is(n, "shape");
}

/* The description of a picture that Word made of its path. */
static bool leads_to_file(const xmlAttr *a) {
    static const char *const names[] = {"descr", "alt", NULL};
    const char *value =
        a->children && a->children->content ? (const char *)a->children->content : "";
    return one_of((const char *)a->name, names) &&
           (strchr(value, '\\') || strchr(value, '/') || picture_type(value));
}

static void drop_attributes(xmlNode *n) {
    static const char *const names[] = {"author", "initials", "userId", NULL};
    for (xmlAttr *a = n->properties, *next; a; a = next) {
        const char *name = (const char *)a->name;
        next = a->next;
        bool link = (strcmp(name, "src") == 0 || strcmp(name, "href") == 0);
        bool file = is_picture(n) && (strcmp(name, "title") == 0 || leads_to_file(a));
        if (link || file || strncmp(name, "rsid", 4) == 0 || one_of(name, names))
            xmlRemoveProp(a);
    }
}

/* Puts the children in the place of the element. Returns the first of them, or what comes
 * after it. */
static xmlNode *unwrap(xmlNode *n, const xmlNode *root) {
    xmlNode *first = part_element(n->children);
    xmlNode *after = first ? first : part_next(n, root, false);
    for (xmlNode *k = n->children, *next; k; k = next) {
        next = k->next;
        k = xmlAddPrevSibling(n, k);
        if (k->type == XML_ELEMENT_NODE)
            xmlReconciliateNs(n->doc, k);
    }
    part_remove(n);
    return after;
}

static bool is_wrapper(const xmlNode *n) {
    static const char *const names[] = {"ins",      "moveTo",    "hyperlink",
                                        "smartTag", "customXml", NULL};
    return one_of((const char *)n->name, names);
}

/* ---- fields */

static bool harmless(const char *instruction) {
    static const char *const names[] = {"PAGE",  "NUMPAGES", "SECTION",  "SECTIONPAGES",
                                        "TITLE", "SUBJECT",  "STYLEREF", NULL};
    char word[16] = "";
    instruction += strspn(instruction, " \t\r\n");
    size_t len = strcspn(instruction, " \t\r\n\\");
    if (len < sizeof word)
        memcpy(word, instruction, len);
    for (char *s = word; *s; s++)
        *s = (char)(*s >= 'a' && *s <= 'z' ? *s - 'a' + 'A' : *s);
    return one_of(word, names);
}

static const char *field_mark(const xmlNode *n) {
    const char *type = part_is(n, "fldChar") ? part_get(n, "fldCharType") : NULL;
    return type ? type : "";
}

/* A field from its beginning to its end, with the fields in it: whether it may stay. */
static bool field_harmless(xmlNode *begin, const xmlNode *root) {
    struct buf instruction = BUF_INIT;
    unsigned depth = 0;
    bool ended = false, nested = false;
    for (xmlNode *n = begin; n && !ended; n = part_next(n, root, true)) {
        const char *mark = field_mark(n);
        depth += strcmp(mark, "begin") == 0;
        nested = nested || depth > 1;
        if (strcmp(mark, "end") == 0 && --depth == 0)
            ended = true;
        if (part_is(n, "instrText")) {
            xmlChar *text = xmlNodeGetContent(n);
            buf_puts(&instruction, text ? (const char *)text : "");
            xmlFree(text);
        }
    }
    bool ok = ended && !nested && harmless(instruction.s);
    buf_release(&instruction);
    return ok;
}

static xmlNode *run_of(xmlNode *n) {
    while (n->parent && !part_is(n, "r"))
        n = n->parent;
    return n;
}

/* The fields that begin in a run, less those that end there. */
static int fields_in(xmlNode *run) {
    int n = 0;
    for (xmlNode *k = run; k; k = part_next(k, run, true)) {
        const char *mark = field_mark(k);
        n += strcmp(mark, "begin") == 0;
        n -= strcmp(mark, "end") == 0;
    }
    return n;
}

/* Takes away the runs from the one that begins the field to the one that ends it, or to
 * the end of the part. Returns what comes after. */
static xmlNode *remove_field(xmlNode *begin, const xmlNode *root) {
    int open = 0;
    xmlNode *n = run_of(begin);
    if (!part_is(n, "r"))
        return part_next(begin, root, true);
    do {
        bool run = part_is(n, "r");
        xmlNode *next = part_next(n, root, !run);
        if (run) {
            open += fields_in(n);
            part_remove(n);
        }
        n = next;
    } while (n && open > 0);
    return n;
}

static void clean_fields(xmlNode *root) {
    xmlNode *n = root;
    while (n) {
        bool begins = strcmp(field_mark(n), "begin") == 0;
        n = begins && !field_harmless(n, root) ? remove_field(n, root)
                                               : part_next(n, root, true);
    }
}

static bool bad_simple_field(const xmlNode *n) {
    const char *instruction = part_is(n, "fldSimple") ? part_get(n, "instr") : NULL;
    return part_is(n, "fldSimple") && (!instruction || !harmless(instruction));
}

/* ---- relationships */

/* Adds the picture. The new id goes to *id; false where it is none. */
static int take_picture(struct cleaning *c, const char *old, struct buf *id,
                        struct err *err) {
    char *from = package_target(c->p, c->name, c->rels, "image", old);
    const char *type = from ? picture_type(from) : NULL;
    struct buf bytes = BUF_INIT, name = BUF_INIT;
    int ret = type ? archive_read(c->p->reference, from, ARCHIVE_MAX, &bytes, err) : 1;
    if (ret == 0) {
        picture_strip(&bytes);
        buf_addf(&name, "word/media/image%u.%s", ++c->p->n_pictures, type);
        container_store(c->p->container, name.s, &bytes);
        buf_addf(id, "rId%u", ++c->n_kept);
        buf_addf(c->kept,
                 "<Relationship Id=\"%s\" Type=\"" DOCX_REL "image\" "
                 "Target=\"media/image%u.%s\"/>\n",
                 id->s, c->p->n_pictures, type);
    }
    buf_release(&bytes);
    buf_release(&name);
    mem_free(from);
    return ret;
}

/* 0: all its relationships lead to pictures, or it has none; 1: not; -1: an error. */
static int settle_rels(struct cleaning *c, xmlNode *n, struct err *err) {
    int ret = 0;
    for (xmlAttr *a = n->properties; a && ret == 0; a = a->next) {
        if (!a->ns || strcmp((const char *)a->ns->href, DOCX_R) != 0)
            continue;
        struct buf id = BUF_INIT;
        const char *old = a->children ? (const char *)a->children->content : "";
        ret = take_picture(c, old ? old : "", &id, err);
        if (ret == 0)
            xmlSetNsProp(n, a->ns, a->name, (const xmlChar *)id.s);
        buf_release(&id);
    }
    return ret;
}

/* The whole of what is not shown without its relationship. */
static xmlNode *picture_around(xmlNode *n) {
    for (xmlNode *k = n; k && k->parent; k = k->parent)
        if (part_is(k, "drawing") || part_is(k, "pict"))
            return k;
    return n;
}

/* ---- a part */

/* What comes after n, once n is as it may stay. NULL with *err, or at the end. */
static xmlNode *clean_node(struct cleaning *c, xmlNode *n, const xmlNode *root,
                           struct err *err) {
    drop_attributes(n);
    if (part_is(n, "cNvPr") || part_is(n, "docPr")) /* it may be the name of a file */
        xmlSetProp(n, (const xmlChar *)"name", (const xmlChar *)"picture");
    if (is_wrapper(n) && n != root)
        return unwrap(n, root);
    int rels = c ? settle_rels(c, n, err) : 0;
    if (rels < 0)
        return NULL;
    bool goes = rels > 0 || unwanted(n) || bad_simple_field(n) || shows_property(n);
    if (!goes || n == root)
        return part_next(n, root, true);
    n = rels > 0 ? picture_around(n) : n;
    xmlNode *next = part_next(n, root, false);
    part_remove(n);
    return next;
}

static void clean(struct cleaning *c, xmlDoc *doc, struct err *err) {
    xmlNode *root = xmlDocGetRootElement(doc), *n = root;
    clean_fields(root);
    while (n)
        n = clean_node(c, n, root, err);
}

void docx_clean_styles(xmlDoc *doc) {
    struct err none = ERR_INIT;
    clean(NULL, doc, &none);
}

int docx_clean_part(struct package *p, const char *name, xmlDoc *doc, struct buf *rels,
                    struct err *err) {
    struct cleaning c = {.p = p, .name = name, .kept = rels};
    c.rels = package_rels(p, name, err);
    if (!err->what)
        clean(&c, doc, err);
    if (!err->what)
        docx_fields_show(doc, p->title, p->subject);
    xmlFreeDoc(c.rels);
    return err->what ? -1 : 0;
}
