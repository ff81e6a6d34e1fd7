#include "docx_page.h"

#include "docx_clean.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum { WIDTH_LEAST = 2000, WIDTH_USUAL = 9070, WIDTH_MOST = 31680 };

/* ---- our own */

#define PART_BEGIN(root)                                                                 \
    "<w:" root " xmlns:w=\"" DOCX_W "\" xmlns:r=\"" DOCX_R "\"><w:p><w:pPr><w:pStyle"

static void begin_part(struct buf *b, const char *begin, const char *style) {
    buf_puts(b, xml_prolog);
    buf_puts(b, begin);
    xml_attr(b, "w:val", style);
    buf_puts(b, "/></w:pPr>");
}

static void put_words(struct buf *b, const char *words) {
    if (*words)
        buf_addf(b, "<w:r><w:t xml:space=\"preserve\">%s</w:t></w:r>", words);
}

static unsigned add_footer(const struct office *o, const struct docx_styles *s,
                           struct package *p, const char *name) {
    struct page_words words = office_page_words(o);
    struct buf b = BUF_INIT;
    begin_part(&b, PART_BEGIN("ftr"), docx_style(s, "Footer"));
    put_words(&b, words.before);
    buf_puts(&b, "<w:fldSimple w:instr=\" PAGE \"><w:r><w:t>1</w:t></w:r></w:fldSimple>");
    put_words(&b, words.between);
    buf_puts(&b, "<w:fldSimple w:instr=\" NUMPAGES \"><w:r><w:t>1</w:t></w:r>"
                 "</w:fldSimple>");
    put_words(&b, words.after);
    buf_puts(&b, "</w:p></w:ftr>");
    return package_add(p, name, "footer", &b);
}

static unsigned add_header(const struct office *o, const struct docx_styles *s,
                           struct package *p) {
    struct buf b = BUF_INIT;
    begin_part(&b, PART_BEGIN("hdr"), docx_style(s, "Header"));
    buf_puts(&b, "<w:fldSimple w:instr=\" TITLE \"><w:r><w:t xml:space=\"preserve\">");
    xml_puts(&b, o->x->title);
    buf_puts(&b, "</w:t></w:r></w:fldSimple></w:p></w:hdr>");
    return package_add(p, "header1.xml", "header", &b);
}

/* The first page has its title and needs no running head. */
static unsigned add_first_header(const struct docx_styles *s, struct package *p) {
    struct buf b = BUF_INIT;
    begin_part(&b, PART_BEGIN("hdr"), docx_style(s, "Normal"));
    buf_puts(&b, "</w:p></w:hdr>");
    return package_add(p, "header2.xml", "header", &b);
}

static void add_settings(struct package *p) {
    struct buf b = BUF_INIT;
    xmlDoc *doc = part_stock("docx-settings.xml");
    part_write(doc, &b);
    xmlFreeDoc(doc);
    package_add(p, "settings.xml", "settings", &b);
}

static void add_own(const struct office *o, const struct docx_styles *s,
                    struct package *p, struct docx_page *page) {
    unsigned header = add_header(o, s, p), first = add_first_header(s, p);
    unsigned footer = add_footer(o, s, p, "footer1.xml");
    unsigned first_footer = add_footer(o, s, p, "footer2.xml");
    add_settings(p);
    unsigned width = o->letter ? 12240 : 11906, height = o->letter ? 15840 : 16838;
    page->width = width - 2 * 1418;
    buf_addf(&page->section,
             "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId%u\"/>"
             "<w:headerReference w:type=\"first\" r:id=\"rId%u\"/>"
             "<w:footerReference w:type=\"default\" r:id=\"rId%u\"/>"
             "<w:footerReference w:type=\"first\" r:id=\"rId%u\"/>"
             "<w:pgSz w:w=\"%u\" w:h=\"%u\"/><w:pgMar w:top=\"1701\" w:right=\"1418\" "
             "w:bottom=\"1531\" w:left=\"1418\" w:header=\"964\" w:footer=\"794\" "
             "w:gutter=\"0\"/><w:titlePg/></w:sectPr>",
             header, first, footer, first_footer, width, height);
}

/* ---- a reference */

static void add_rels(struct package *p, const char *name, const struct buf *rels) {
    struct buf b = BUF_INIT, path = BUF_INIT;
    if (rels->len > 0) {
        buf_puts(&b, xml_prolog);
        buf_puts(&b, "<Relationships "
                     "xmlns=\"http://schemas.openxmlformats.org/package/2006/"
                     "relationships\">\n");
        buf_add(&b, rels->s, rels->len);
        buf_puts(&b, "</Relationships>\n");
        bool theme = strncmp(name, "theme/", 6) == 0;
        buf_addf(&path, theme ? "word/theme/_rels/%s.rels" : "word/_rels/%s.rels",
                 theme ? name + 6 : name);
        container_add(p->container, path.s, &b);
    }
    buf_release(&path);
}

static bool is_of_kind(const xmlNode *root, const char *kind) {
    static const char *const roots[][2] = {
        {"header", "hdr"}, {"footer", "ftr"}, {"fontTable", "fonts"}};
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
        if (strcmp(kind, roots[i][0]) == 0)
            return docx_is_usual(root, roots[i][1]);
    return part_is(root, kind);
}

/* Copies a part of the reference, cleaned; 0 and *id, 1 where it is left out. */
static int copy_part(struct package *p, const char *from, const char *name,
                     const char *kind, unsigned *id, struct err *err) {
    struct buf b = BUF_INIT, rels = BUF_INIT;
    xmlDoc *doc = part_read(p->reference, from, err);
    int ret = !doc ? -1 : !is_of_kind(xmlDocGetRootElement(doc), kind) ? 1 : 0;
    if (ret == 0)
        ret = docx_clean_part(p, from, doc, &rels, err);
    if (ret == 0) {
        part_write(doc, &b);
        *id = package_add(p, name, kind, &b);
        add_rels(p, name, &rels);
    }
    buf_release(&rels);
    xmlFreeDoc(doc);
    return ret;
}

/* One header or footer; its reference then has our id, or goes. */
static int copy_furniture(struct package *p, xmlNode *ref, unsigned n, struct err *err) {
    const char *kind = part_is(ref, "headerReference") ? "header" : "footer";
    const char *old = part_get(ref, "id");
    char *from = old ? package_find(p, kind, old) : NULL;
    char text[24];
    unsigned id = 0;
    int ret = 1;
    if (from) {
        snprintf(text, sizeof text, "%s%u.xml", kind, n);
        ret = copy_part(p, from, text, kind, &id, err);
        snprintf(text, sizeof text, "rId%u", id);
    }
    xmlNs *r = xmlSearchNsByHref(ref->doc, ref, (const xmlChar *)DOCX_R);
    if (ret == 0 && r)
        xmlSetNsProp(ref, r, (const xmlChar *)"id", (const xmlChar *)text);
    else
        part_remove(ref);
    mem_free(from);
    return ret < 0 ? -1 : 0;
}

static bool section_stays(const xmlNode *n) {
    static const char *const names[] = {"pgSz", "pgMar",   "pgBorders", "lnNumType",
                                        "cols", "vAlign",  "titlePg",   "textDirection",
                                        "bidi", "docGrid", "pgNumType"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (part_is(n, names[i]))
            return true;
    return false;
}

static int copy_section(struct package *p, xmlNode *section, struct err *err) {
    unsigned n = 0;
    for (xmlNode *k = part_element(section->children), *next; k; k = next) {
        next = part_element(k->next);
        if (part_is(k, "headerReference") || part_is(k, "footerReference")) {
            if (copy_furniture(p, k, ++n, err) < 0)
                return -1;
        } else if (!section_stays(k)) {
            part_remove(k);
        }
    }
    return 0;
}

static long twips(const xmlNode *n, const char *name, long otherwise) {
    const char *s = part_get(n, name);
    return s && *s ? strtol(s, NULL, 10) : otherwise;
}

static unsigned text_width(const xmlNode *section) {
    const xmlNode *size = part_child(section, "pgSz"),
                  *margin = part_child(section, "pgMar");
    long width = twips(size, "w", 11906) - twips(margin, "left", 1418) -
                 twips(margin, "right", 1418) - twips(margin, "gutter", 0);
    return width >= WIDTH_LEAST && width <= WIDTH_MOST ? (unsigned)width : WIDTH_USUAL;
}

/* A copy declares the namespaces that it uses. */
static void put_section(struct buf *out, xmlNode *section) {
    xmlNode *copy = xmlDocCopyNode(section, section->doc, 1);
    xmlBuffer *b = xmlBufferCreate();
    if (!copy || !b || xmlNodeDump(b, section->doc, copy, 0, 0) < 0)
        mem_exhausted();
    buf_add(out, xmlBufferContent(b), (size_t)xmlBufferLength(b));
    xmlBufferFree(b);
    xmlFreeNode(copy);
}

/* The section of the document as a whole, which is the last. */
static int take_section(struct package *p, struct docx_page *page, struct err *err) {
    xmlDoc *doc = part_read(p->reference, p->main, err);
    xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
    if (!root || !docx_is_usual(root, "document")) {
        xmlFreeDoc(doc);
        if (err->what)
            return -1;
        err_set(err, "its %s is not as Word writes it", p->main);
        err_todo(err, "open it in Word or LibreOffice and save it as DOCX");
        return err_at(err, archive_path(p->reference), 0, 0);
    }
    xmlNode *section = part_child(part_child(root, "body"), "sectPr");
    int ret = section ? copy_section(p, section, err) : 0;
    if (ret == 0 && section) {
        put_section(&page->section, section);
        page->width = text_width(section);
    }
    xmlFreeDoc(doc);
    return ret;
}

/* Of the settings, those that say how the text is set. */
static bool setting_stays(const xmlNode *n) {
    static const char *const names[] = {"zoom",
                                        "mirrorMargins",
                                        "gutterAtTop",
                                        "autoHyphenation",
                                        "consecutiveHyphenLimit",
                                        "hyphenationZone",
                                        "doNotHyphenateCaps",
                                        "defaultTabStop",
                                        "evenAndOddHeaders",
                                        "characterSpacingControl",
                                        "compat",
                                        "themeFontLang",
                                        "clrSchemeMapping",
                                        "decimalSymbol",
                                        "listSeparator"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (part_is(n, names[i]))
            return true;
    return false;
}

static int take_settings(struct package *p, struct err *err) {
    char *name = package_find(p, "settings", NULL);
    xmlDoc *doc = name ? part_read(p->reference, name, err) : NULL;
    xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
    if (root && docx_is_usual(root, "settings")) {
        struct buf b = BUF_INIT;
        for (xmlNode *n = part_element(root->children), *next; n; n = next) {
            next = part_element(n->next);
            if (!setting_stays(n))
                part_remove(n);
        }
        docx_clean_styles(doc);
        part_write(doc, &b);
        package_add(p, "settings.xml", "settings", &b);
    } else if (!err->what) {
        add_settings(p);
    }
    xmlFreeDoc(doc);
    mem_free(name);
    return err->what ? -1 : 0;
}

static int take_part(struct package *p, const char *kind, const char *name,
                     struct err *err) {
    char *from = package_find(p, kind, NULL);
    unsigned id;
    int ret = from ? copy_part(p, from, name, kind, &id, err) : 0;
    mem_free(from);
    return ret < 0 ? -1 : 0;
}

int docx_page_add(const struct office *o, const struct docx_styles *s, struct package *p,
                  struct docx_page *page, struct err *err) {
    *page = (struct docx_page){.section = BUF_INIT, .width = WIDTH_USUAL};
    if (!p->reference) {
        add_own(o, s, p, page);
        return 0;
    }
    if (take_section(p, page, err) < 0 || take_settings(p, err) < 0 ||
        take_part(p, "theme", "theme/theme1.xml", err) < 0)
        return -1;
    return take_part(p, "fontTable", "fontTable.xml", err);
}

void docx_page_release(struct docx_page *page) {
    buf_release(&page->section);
}
