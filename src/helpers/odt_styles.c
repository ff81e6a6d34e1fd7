#include "odt_styles.h"

#include "language.h"
#include "part.h"
#include "picture.h"

#include "base/mem.h"

#include <libxml/hash.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct making {
    const struct office *o;
    struct container *container;
    struct archive *archive; /* of the reference; NULL without one */
    xmlDoc *doc;
    xmlHashTable *pictures; /* names that were looked at */
    struct buf *manifest;
};

/* ---- what of a reference is left out */

static bool one_of(const char *name, const char *const list[]) {
    for (; *list; list++)
        if (strcmp(name, *list) == 0)
            return true;
    return false;
}

/* Code, what brings its own data, and fields that tell of a person or a file. */
static bool unwanted(const xmlNode *n) {
    static const char *const names[] = {"event-listeners",
                                        "scripts",
                                        "script",
                                        "execute-macro",
                                        "forms",
                                        "form",
                                        "object",
                                        "object-ole",
                                        "plugin",
                                        "applet",
                                        "floating-frame",
                                        "binary-data",
                                        "dde-source",
                                        "dde-connection",
                                        "dde-connection-decls",
                                        "font-face-src",
                                        "section-source",
                                        "database-display",
                                        "database-next",
                                        "database-name",
                                        "database-row-select",
                                        "database-row-number",
                                        "author-name",
                                        "author-initials",
                                        "initial-creator",
                                        "creator",
                                        "printed-by",
                                        "file-name",
                                        "template-name",
                                        "user-defined",
                                        "description",
                                        "keywords",
                                        "annotation",
                                        "annotation-end",
                                        "tracked-changes",
                                        NULL};
    const char *name = (const char *)n->name;
    return one_of(name, names) || strncmp(name, "sender-", 7) == 0;
}

/* 1: it was copied, now or before; 0: it is not to be; -1: an error. */
static int take_picture(struct making *m, const char *name, struct err *err) {
    const char *type = picture_type(name);
    if (!type || strncmp(name, "Pictures/", 9) != 0 || strstr(name, "..") ||
        !archive_has(m->archive, name))
        return 0;
    if (xmlHashLookup(m->pictures, (const xmlChar *)name))
        return 1;
    struct buf bytes = BUF_INIT, media = BUF_INIT;
    if (archive_read(m->archive, name, ARCHIVE_MAX, &bytes, err) < 0) {
        buf_release(&bytes);
        return -1;
    }
    picture_strip(&bytes);
    container_store(m->container, name, &bytes);
    xmlHashAddEntry(m->pictures, (const xmlChar *)name, m);
    buf_puts(m->manifest, "<manifest:file-entry");
    xml_attr(m->manifest, "manifest:full-path", name);
    buf_addf(&media, "image/%s", type);
    xml_attr(m->manifest, "manifest:media-type", media.s);
    buf_release(&media);
    buf_puts(m->manifest, "/>\n");
    return 1;
}

static bool leads_to_web(const char *href) {
    return strncasecmp(href, "https:", 6) == 0 || strncasecmp(href, "http:", 5) == 0 ||
           strncasecmp(href, "mailto:", 7) == 0;
}

/* 1: the element stays; 0: it goes; -1: an error. */
static int check_href(struct making *m, const xmlNode *n, struct err *err) {
    const char *href = part_get(n, "href");
    if (!href || *href == '#')
        return 1;
    if (part_is(n, "a"))
        return leads_to_web(href);
    return take_picture(m, href, err);
}

static xmlNode *whole(xmlNode *n) {
    return part_is(n, "image") && n->parent && part_is(n->parent, "frame") ? n->parent
                                                                           : n;
}

static int clean(struct making *m, struct err *err) {
    xmlNode *root = xmlDocGetRootElement(m->doc);
    for (xmlNode *n = root, *next; n; n = next) {
        int stays = unwanted(n) ? 0 : check_href(m, n, err);
        if (stays < 0)
            return -1;
        if (stays == 0)
            n = whole(n);
        next = part_next(n, root, stays);
        if (stays == 0 && n != root)
            part_remove(n);
    }
    return 0;
}

/* ---- what a reference lacks */

static void style_key(const xmlNode *n, struct buf *key) {
    const char *family = part_get(n, "family"), *name = part_get(n, "name");
    buf_clear(key);
    buf_addf(key, "%s|%s|%s", (const char *)n->name, family ? family : "",
             name ? name : "");
}

static void add_missing(xmlNode *to, const xmlNode *from) {
    xmlHashTable *have = xmlHashCreate(256);
    struct buf key = BUF_INIT;
    for (xmlNode *n = part_element(to->children); n; n = part_element(n->next)) {
        style_key(n, &key);
        xmlHashAddEntry(have, (const xmlChar *)key.s, n);
    }
    for (xmlNode *n = part_element(from->children); n; n = part_element(n->next)) {
        style_key(n, &key);
        if (xmlHashLookup(have, (const xmlChar *)key.s))
            continue;
        xmlNode *copy = xmlDocCopyNode(n, to->doc, 1);
        if (!copy)
            mem_exhausted();
        xmlAddChild(to, copy);
        xmlReconciliateNs(to->doc, copy);
    }
    buf_release(&key);
    xmlHashFree(have, NULL);
}

/* A default style stands before all others. */
static void order_defaults(xmlNode *styles) {
    xmlNode *first = part_element(styles->children);
    for (xmlNode *n = first, *next; n; n = next) {
        next = part_element(n->next);
        if (part_is(n, "default-style") && n != first)
            xmlAddPrevSibling(first, n);
    }
}

static xmlNode *section(xmlDoc *doc, const char *name) {
    static const char *const order[] = {"font-face-decls", "styles", "automatic-styles",
                                        "master-styles", NULL};
    xmlNode *root = xmlDocGetRootElement(doc), *n = part_child(root, name);
    if (n)
        return n;
    n = xmlNewNode(root->ns, (const xmlChar *)name);
    xmlNode *after = NULL;
    for (size_t i = 0; strcmp(order[i], name) != 0; i++) {
        xmlNode *k = part_child(root, order[i]);
        after = k ? k : after;
    }
    if (after)
        xmlAddNextSibling(after, n);
    else if (root->children)
        xmlAddPrevSibling(root->children, n);
    else
        xmlAddChild(root, n);
    return n;
}

static void merge(xmlDoc *into, xmlDoc *stock) {
    static const char *const sections[] = {"font-face-decls", "styles",
                                           "automatic-styles", "master-styles"};
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        add_missing(section(into, sections[i]), section(stock, sections[i]));
    order_defaults(section(into, "styles"));
}

/* A page of its own for the first page is for its own text: ours begins on the usual one,
 * which is the first, where none is called so. */
static void name_master(xmlDoc *doc) {
    xmlNode *first = part_child(section(doc, "master-styles"), "master-page");
    for (xmlNode *n = first; n; n = part_element(n->next)) {
        const char *name = part_get(n, "name");
        if (name && strcmp(name, "Standard") == 0)
            return;
    }
    if (!first)
        return;
    char *old = mem_strdup(part_get(first, "name") ? part_get(first, "name") : "");
    part_set(first, "style", "name", "Standard");
    for (xmlNode *n = first; n; n = part_element(n->next)) {
        const char *next = part_get(n, "next-style-name");
        if (next && strcmp(next, old) == 0)
            part_set(n, "style", "next-style-name", "Standard");
    }
    mem_free(old);
}

/* ---- a reference */

static int check_type(struct archive *a, struct err *err) {
    struct buf type = BUF_INIT;
    static const char text[] = "application/vnd.oasis.opendocument.text";
    if (archive_has(a, "mimetype"))
        archive_read(a, "mimetype", 256, &type, err);
    size_t n = sizeof text - 1;
    bool ok = strncmp(type.s, text, n) == 0 &&
              (type.s[n] == '\0' || strncmp(type.s + n, "-template", 9) == 0) &&
              archive_has(a, "styles.xml");
    buf_release(&type);
    if (ok)
        return 0;
    err_set(err, "this is not an ODT document");
    err_todo(err, "for the format odt the reference is an ODT, or a template (OTT)");
    return err_at(err, archive_path(a), 0, 0);
}

/* Its other members are ciphers then (OpenDocument 1.3, part 2, 3.4.1). */
static int check_open(struct archive *a, struct err *err) {
    static const char name[] = "META-INF/manifest.xml";
    struct buf manifest = BUF_INIT;
    int ret =
        archive_has(a, name) ? archive_read(a, name, ARCHIVE_XML_MAX, &manifest, err) : 0;
    if (ret == 0 && manifest.len > 0 && strstr(manifest.s, "encryption-data")) {
        err_set(err, "this document is protected by a password");
        err_todo(err, "save it without one");
        ret = err_at(err, archive_path(a), 0, 0);
    }
    buf_release(&manifest);
    return ret;
}

static bool is_styles(xmlDoc *doc) {
    return part_is(xmlDocGetRootElement(doc), "document-styles") &&
           xmlDocGetRootElement(doc)->ns;
}

static int open_reference(struct making *m, struct err *err) {
    m->archive = archive_open(m->o->reference, err);
    if (!m->archive || check_type(m->archive, err) < 0 || check_open(m->archive, err) < 0)
        return -1;
    m->doc = part_read(m->archive, "styles.xml", err);
    if (!m->doc)
        return -1;
    if (!is_styles(m->doc)) {
        err_set(err, "its styles.xml is not that of an ODT document");
        return err_at(err, m->o->reference, 0, 0);
    }
    name_master(m->doc);
    return clean(m, err);
}

static int open_styles(struct making *m, struct err *err) {
    xmlDoc *stock = part_stock("odt-styles.xml");
    if (!m->o->reference) {
        m->doc = stock;
        return 0;
    }
    int ret = open_reference(m, err);
    if (ret == 0)
        merge(m->doc, stock);
    xmlFreeDoc(stock);
    return ret;
}

/* ---- what this document has */

static xmlNode *find_style(xmlDoc *doc, const char *element, const char *name) {
    for (xmlNode *n = section(doc, "styles")->children; n; n = n->next) {
        const char *family = part_get(n, "family"), *own = part_get(n, "name");
        if (part_is(n, element) && family && strcmp(family, "paragraph") == 0 &&
            (!name || (own && strcmp(own, name) == 0)))
            return part_child(n, "text-properties");
    }
    return NULL;
}

static void set_language(struct making *m) {
    static const char *const prefix[] = {"fo", "style", "style"};
    static const char *const suffix[] = {"", "-asian", "-complex"};
    static const char *const without[] = {"Standard", "Text_20_body"};
    struct language l = language_of(m->o->x->lang);
    xmlNode *base = find_style(m->doc, "default-style", NULL);
    if (!l.language[0] || !base)
        return;
    char language[32], country[32];
    snprintf(language, sizeof language, "language%s", suffix[l.script]);
    snprintf(country, sizeof country, "country%s", suffix[l.script]);
    part_set(base, prefix[l.script], language, l.language);
    part_set(base, prefix[l.script], country, l.country[0] ? l.country : "none");
    for (size_t i = 0; i < 2; i++) {
        xmlNode *n = find_style(m->doc, "style", without[i]);
        if (!n)
            continue;
        xmlNs *ns = xmlSearchNs(m->doc, n, (const xmlChar *)prefix[l.script]);
        xmlUnsetNsProp(n, ns, (const xmlChar *)language);
        xmlUnsetNsProp(n, ns, (const xmlChar *)country);
    }
}

/* Fields that show the title, the subject or a heading of the reference. */
static void set_title(struct making *m) {
    static const char *const names[] = {"title", "subject", "chapter"};
    const char *const values[] = {m->o->x->title, office_meta(m->o, "subject"), ""};
    xmlNode *root = xmlDocGetRootElement(m->doc);
    for (xmlNode *n = root; n; n = part_next(n, root, true))
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            if (!part_is(n, names[i]) || !n->ns || !n->ns->prefix ||
                strcmp((const char *)n->ns->prefix, "text") != 0)
                continue;
            xmlNodeSetContent(n, NULL);
            xmlNodeAddContent(n, (const xmlChar *)values[i]);
        }
}

static void put_words(xmlNode *beside, const char *words, bool before) {
    xmlNode *text = xmlNewDocText(beside->doc, (const xmlChar *)words);
    if (before)
        xmlAddPrevSibling(beside, text);
    else
        xmlAddNextSibling(beside, text);
}

/* Of our own page, as set_paper(). */
static void set_page_words(struct making *m) {
    struct page_words words = office_page_words(m->o);
    xmlNode *root = section(m->doc, "master-styles");
    for (xmlNode *n = m->o->reference ? NULL : root; n; n = part_next(n, root, true)) {
        if (part_is(n, "page-number"))
            put_words(n, words.before, true);
        if (part_is(n, "page-count")) {
            put_words(n, words.between, true);
            put_words(n, words.after, false);
        }
    }
}

/* Of our own page; one from a reference stays as it is. */
static void set_paper(struct making *m) {
    xmlNode *layout = part_child(section(m->doc, "automatic-styles"), "page-layout");
    xmlNode *n = part_child(layout, "page-layout-properties");
    if (m->o->reference || !m->o->letter || !n)
        return;
    part_set(n, "fo", "page-width", "21.59cm");
    part_set(n, "fo", "page-height", "27.94cm");
}

static int make(struct making *m, struct err *err) {
    if (open_styles(m, err) < 0)
        return -1;
    set_language(m);
    set_title(m);
    set_paper(m);
    set_page_words(m);
    struct buf styles = BUF_INIT;
    part_write(m->doc, &styles);
    container_add(m->container, "styles.xml", &styles);
    return 0;
}

int odt_styles_add(const struct office *o, struct container *c, struct buf *manifest,
                   struct err *err) {
    struct making m = {
        .o = o, .container = c, .pictures = xmlHashCreate(8), .manifest = manifest};
    int ret = make(&m, err);
    xmlHashFree(m.pictures, NULL);
    archive_free(m.archive);
    xmlFreeDoc(m.doc);
    return ret;
}
