/*
 * ODT: the operations of the walk, and the container (OpenDocument 1.3, parts 2 and 3:
 * `mimetype` first and not compressed, a manifest of all members).
 *
 * The text goes to one buffer and what it needs of automatic styles to another, since
 * these come first in content.xml.
 */
#include "office.h"
#include "odt_styles.h"
#include "part.h"
#include "walk.h"

#include "base/vec.h"

#include <libxml/hash.h>

#define ODT_TYPE "application/vnd.oasis.opendocument.text"

static const char *const para_styles[PARA_COUNT] = {
#define X(sym, odt, docx) odt,
    PARA_KINDS(X)
#undef X
};

static const char *const span_styles[SPAN_COUNT] = {
#define X(sym, odt, docx) odt,
    SPAN_KINDS(X)
#undef X
};

/* A list that is open; nothing but text and lists may stand in one. */
struct list {
    struct list_shape shape; /* its start: of the next item */
    bool in_header;
};

struct open_table {
    enum table_look look;
    size_t outer;  /* lists that were open around it */
    size_t begins; /* where the content of the cell begins */
    unsigned covered;
    bool in_head;
};

struct odt {
    struct buf body, styles;
    xmlHashTable *named; /* what an automatic style is -> its name */
    unsigned n_styles, n_tables;
    VEC(struct list) lists;
    VEC(struct open_table) tables;
    const char *para_end;
    bool ends_lines; /* the paragraph is the last of some ruled lines */
    double width_cm; /* of the text */
};

/* ---- automatic styles */

static void add_language(struct buf *out, const char *tag) {
    static const char *const names[][2] = {
        {"fo:language", "fo:country"},
        {"style:language-asian", "style:country-asian"},
        {"style:language-complex", "style:country-complex"}};
    struct language l = language_of(tag);
    if (!l.language[0])
        return;
    xml_attr(out, names[l.script][0], l.language);
    xml_attr(out, names[l.script][1], l.country[0] ? l.country : "none");
}

static void add_variant(struct odt *d, const char *family, const char *parent,
                        const char *lang, bool keep) {
    struct buf *b = &d->styles;
    buf_addf(b, "<style:style style:name=\"L%u\" style:family=\"%s\"", d->n_styles,
             family);
    if (parent)
        xml_attr(b, "style:parent-style-name", parent);
    buf_putc(b, '>');
    if (keep)
        buf_puts(b, "<style:paragraph-properties fo:keep-with-next=\"always\"/>");
    if (*lang) {
        buf_puts(b, "<style:text-properties");
        add_language(b, lang);
        buf_puts(b, "/>");
    }
    buf_puts(b, "</style:style>\n");
}

/* The name of the style that is `parent` in a language, or that keeps with the next. */
static const char *variant(struct odt *d, const char *family, const char *parent,
                           const char *lang, bool keep) {
    if (!*lang && !keep)
        return parent;
    struct buf key = BUF_INIT;
    buf_addf(&key, "%s|%s|%s|%d", family, parent ? parent : "", lang, keep);
    char *name = xmlHashLookup(d->named, (const xmlChar *)key.s);
    if (!name) {
        struct buf b = BUF_INIT;
        buf_addf(&b, "L%u", ++d->n_styles);
        name = buf_detach(&b);
        xmlHashAddEntry(d->named, (const xmlChar *)key.s, name);
        add_variant(d, family, parent, lang, keep);
    }
    buf_release(&key);
    return name;
}

/* ---- paragraphs */

static void para_open(void *out, const struct para *p) {
    struct odt *d = out;
    const char *style = variant(d, "paragraph", para_styles[p->kind], p->lang, p->keep);
    bool heading = p->kind >= PARA_HEADING_1 && p->kind <= PARA_HEADING_4;
    buf_puts(&d->body, heading ? "<text:h" : "<text:p");
    xml_attr(&d->body, "text:style-name", style);
    if (heading)
        buf_addf(&d->body, " text:outline-level=\"%u\"", p->kind - PARA_HEADING_1 + 1u);
    buf_putc(&d->body, '>');
    d->para_end = heading ? "</text:h>\n" : "</text:p>\n";
    d->ends_lines = p->kind == PARA_RULED && !p->keep;
}

/* Where a line to write on is the last of its block, LibreOffice 7.4 parts the next
 * question from its own lines, unless something stands between. */
static void para_close(void *out) {
    struct odt *d = out;
    buf_puts(&d->body, d->para_end);
    if (d->ends_lines)
        buf_puts(&d->body, "<text:p text:style-name=\"After_20_ruled_20_lines\"/>\n");
}

static void text(void *out, const char *s, size_t len) {
    struct odt *d = out;
    xml_text(&d->body, s, len);
}

static void tab(void *out) {
    struct odt *d = out;
    buf_puts(&d->body, "<text:tab/>");
}

static void line_break(void *out) {
    struct odt *d = out;
    buf_puts(&d->body, "<text:line-break/>");
}

static void anchor(void *out, const char *name) {
    struct odt *d = out;
    buf_puts(&d->body, "<text:bookmark");
    xml_attr(&d->body, "text:name", name);
    buf_puts(&d->body, "/>");
}

static void span_open(void *out, enum span_kind kind, const char *lang) {
    struct odt *d = out;
    const char *style = variant(d, "text", span_styles[kind], lang, false);
    buf_puts(&d->body, "<text:span");
    xml_attr(&d->body, "text:style-name", style);
    buf_putc(&d->body, '>');
}

static void span_close(void *out) {
    struct odt *d = out;
    buf_puts(&d->body, "</text:span>");
}

/* Links within the document look like text. */
static void link_open(void *out, const char *href, const char *name) {
    struct odt *d = out;
    const char *style = name ? "Index_20_Link" : "Internet_20_link";
    buf_puts(&d->body, "<text:a xlink:type=\"simple\" xlink:href=\"");
    if (name)
        buf_putc(&d->body, '#');
    xml_puts(&d->body, name ? name : href);
    buf_putc(&d->body, '"');
    xml_attr(&d->body, "text:style-name", style);
    xml_attr(&d->body, "text:visited-style-name", style);
    buf_putc(&d->body, '>');
}

static void link_close(void *out) {
    struct odt *d = out;
    buf_puts(&d->body, "</text:a>");
}

/* ---- lists */

static void open_list(struct odt *d, const struct list *l, bool goes_on) {
    static const char *const styles[2][2] = {{"List_20_1", "Numbering_20_123"},
                                             {"Record_20_list", "Record_20_numbering"}};
    buf_puts(&d->body, "<text:list");
    xml_attr(&d->body, "text:style-name", styles[l->shape.in_record][l->shape.numbered]);
    buf_puts(&d->body, goes_on ? " text:continue-numbering=\"true\">\n" : ">\n");
}

static void list_open(void *out, const struct list_shape *shape) {
    struct odt *d = out;
    struct list l = {*shape, false};
    if (!shape->numbered)
        l.shape.start = 1;
    open_list(d, &l, false);
    vec_push(&d->lists, l);
}

static void list_close(void *out) {
    struct odt *d = out;
    d->lists.n--;
    buf_puts(&d->body, "</text:list>\n");
}

static void item_open(void *out) {
    struct odt *d = out;
    struct list *l = &d->lists.v[d->lists.n - 1];
    buf_puts(&d->body, "<text:list-item");
    if (l->shape.start != 1)
        buf_addf(&d->body, " text:start-value=\"%u\"", l->shape.start);
    buf_puts(&d->body, ">\n");
    l->shape.start = 1;
    l->in_header = false;
}

static void close_item(struct odt *d, const struct list *l) {
    buf_puts(&d->body, l->in_header ? "</text:list-header>\n" : "</text:list-item>\n");
}

static void item_close(void *out) {
    struct odt *d = out;
    close_item(d, &d->lists.v[d->lists.n - 1]);
}

/* The lists around a table end before it and go on after it, without a new number. */
static void leave_lists(struct odt *d, size_t outer) {
    for (size_t i = d->lists.n; i > outer; i--) {
        close_item(d, &d->lists.v[i - 1]);
        buf_puts(&d->body, "</text:list>\n");
    }
}

static void enter_lists(struct odt *d, size_t outer) {
    for (size_t i = outer; i < d->lists.n; i++) {
        d->lists.v[i].in_header = true;
        open_list(d, &d->lists.v[i], true);
        buf_puts(&d->body, "<text:list-header>\n");
    }
}

/* ---- tables */

static void add_column_styles(struct odt *d, const struct table *t) {
    for (unsigned i = 0; i < t->n; i++) {
        buf_addf(&d->styles,
                 "<style:style style:name=\"Table%u.%u\" style:family=\"table-column\">"
                 "<style:table-column-properties style:column-width=\"%.3fcm\" "
                 "style:rel-column-width=\"%u*\"/></style:style>\n",
                 d->n_tables, i + 1, d->width_cm * t->share[i] / COLUMNS_WHOLE,
                 t->share[i]);
    }
}

/* The lists that are open are those of the cell around it, if any. */
static void table_open(void *out, const struct table *t) {
    struct odt *d = out;
    size_t outer = d->tables.n > 0 ? d->tables.v[d->tables.n - 1].outer : 0;
    leave_lists(d, outer);
    struct open_table o = {.look = t->look, .outer = d->lists.n};
    vec_push(&d->tables, o);
    d->n_tables++;
    add_column_styles(d, t);
    buf_addf(&d->body, "<table:table table:name=\"Table%u\" table:style-name=%s>\n",
             d->n_tables,
             t->look == TABLE_FACTS ? "\"Facts\""
                                    : "\"Grid\" table:template-name=\"Notes\"");
    for (unsigned i = 0; i < t->n; i++)
        buf_addf(&d->body, "<table:table-column table:style-name=\"Table%u.%u\"/>\n",
                 d->n_tables, i + 1);
}

static void table_close(void *out) {
    struct odt *d = out;
    struct open_table *t = &d->tables.v[d->tables.n - 1];
    buf_puts(&d->body, t->in_head ? "</table:table-header-rows>\n</table:table>\n"
                                  : "</table:table>\n");
    d->tables.n--;
    enter_lists(d, d->tables.n > 0 ? d->tables.v[d->tables.n - 1].outer : 0);
}

static void row_open(void *out, bool head) {
    struct odt *d = out;
    struct open_table *t = &d->tables.v[d->tables.n - 1];
    if (head != t->in_head)
        buf_puts(&d->body,
                 head ? "<table:table-header-rows>\n" : "</table:table-header-rows>\n");
    t->in_head = head;
    buf_puts(&d->body, "<table:table-row table:style-name=\"Row\">\n");
}

static void row_close(void *out) {
    struct odt *d = out;
    buf_puts(&d->body, "</table:table-row>\n");
}

static void cell_open(void *out, const struct cell *c) {
    struct odt *d = out;
    struct open_table *t = &d->tables.v[d->tables.n - 1];
    const char *style = t->look == TABLE_FACTS ? "Facts.Cell"
                        : t->in_head           ? "Grid.Head"
                                               : "Grid.Cell";
    buf_puts(&d->body, "<table:table-cell");
    xml_attr(&d->body, "table:style-name", style);
    if (c->span > 1)
        buf_addf(&d->body, " table:number-columns-spanned=\"%u\"", c->span);
    buf_puts(&d->body, " office:value-type=\"string\">\n");
    t->covered = c->span - 1;
    t->begins = d->body.len;
}

static void cell_close(void *out) {
    struct odt *d = out;
    struct open_table *t = &d->tables.v[d->tables.n - 1];
    if (d->body.len == t->begins)
        buf_puts(&d->body, "<text:p text:style-name=\"Table_20_Contents\"/>\n");
    buf_puts(&d->body, "</table:table-cell>\n");
    for (; t->covered > 0; t->covered--)
        buf_puts(&d->body, "<table:covered-table-cell/>\n");
}

static const struct walk_ops ops = {
    .para_open = para_open,
    .para_close = para_close,
    .text = text,
    .tab = tab,
    .line_break = line_break,
    .anchor = anchor,
    .span_open = span_open,
    .span_close = span_close,
    .link_open = link_open,
    .link_close = link_close,
    .list_open = list_open,
    .list_close = list_close,
    .item_open = item_open,
    .item_close = item_close,
    .table_open = table_open,
    .table_close = table_close,
    .row_open = row_open,
    .row_close = row_close,
    .cell_open = cell_open,
    .cell_close = cell_close,
};

/* ---- members */

#define NAMESPACES                                                                       \
    " xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\""                 \
    " xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\""                   \
    " xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\""                     \
    " xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\""                   \
    " xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\""          \
    " xmlns:xlink=\"http://www.w3.org/1999/xlink\""                                      \
    " office:version=\"1.3\">\n"

static const char cell_styles[] =
    "<style:style style:name=\"Row\" style:family=\"table-row\">"
    "<style:table-row-properties fo:keep-together=\"always\"/></style:style>\n"
    "<style:style style:name=\"Grid.Head\" style:family=\"table-cell\">"
    "<style:table-cell-properties fo:padding=\"0.12cm\" fo:padding-left=\"0cm\""
    " fo:padding-right=\"0.4cm\""
    " fo:border=\"none\" fo:border-bottom=\"1pt solid #1f4e79\""
    " style:vertical-align=\"bottom\"/></style:style>\n"
    "<style:style style:name=\"Grid.Cell\" style:family=\"table-cell\">"
    "<style:table-cell-properties fo:padding=\"0.12cm\" fo:padding-left=\"0cm\""
    " fo:padding-right=\"0.4cm\""
    " fo:border=\"none\" fo:border-bottom=\"0.5pt solid #c9ced6\"/></style:style>\n"
    "<style:style style:name=\"Facts.Cell\" style:family=\"table-cell\">"
    "<style:table-cell-properties fo:padding=\"0.1cm\" fo:padding-left=\"0.25cm\""
    " fo:border=\"none\" fo:background-color=\"#f3f5f8\"/></style:style>\n";

static void add_table_style(struct buf *out, const struct odt *d, const char *name) {
    buf_addf(out,
             "<style:style style:name=\"%s\" style:family=\"table\">"
             "<style:table-properties style:width=\"%.2fcm\" style:rel-width=\"100%%\" "
             "fo:margin-top=\"0.2cm\" fo:margin-bottom=\"0.5cm\" "
             "table:align=\"margins\" table:border-model=\"collapsing\"/>"
             "</style:style>\n",
             name, d->width_cm);
}

static void add_content(struct container *c, const struct odt *d) {
    struct buf b = BUF_INIT;
    buf_reserve(&b, d->body.len + d->styles.len + 4096);
    buf_puts(&b, xml_prolog);
    buf_puts(&b, "<office:document-content" NAMESPACES "<office:automatic-styles>\n");
    buf_puts(&b, cell_styles);
    add_table_style(&b, d, "Grid");
    add_table_style(&b, d, "Facts");
    buf_add(&b, d->styles.s, d->styles.len);
    buf_puts(&b, "</office:automatic-styles>\n<office:body>\n<office:text>\n");
    buf_add(&b, d->body.s, d->body.len);
    buf_puts(&b, "</office:text>\n</office:body>\n</office:document-content>\n");
    container_add(c, "content.xml", &b);
}

static void add_element(struct buf *out, const char *name, const char *text_of_it) {
    if (!*text_of_it)
        return;
    buf_addf(out, "<%s>", name);
    xml_puts(out, text_of_it);
    buf_addf(out, "</%s>\n", name);
}

static void add_meta(struct container *c, const struct office *o) {
    struct buf b = BUF_INIT;
    struct language l = language_of(o->x->lang);
    buf_puts(&b, xml_prolog);
    buf_puts(&b, "<office:document-meta "
                 "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
                 "xmlns:meta=\"urn:oasis:names:tc:opendocument:xmlns:meta:1.0\" "
                 "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
                 "office:version=\"1.3\">\n<office:meta>\n");
    add_element(&b, "meta:generator", "memobook");
    add_element(&b, "dc:title", o->x->title);
    add_element(&b, "dc:subject", office_meta(o, "subject"));
    add_element(&b, "meta:creation-date", o->created);
    add_element(&b, "dc:date", o->created);
    add_element(&b, "dc:language", l.tag);
    buf_puts(&b, "</office:meta>\n</office:document-meta>\n");
    container_add(c, "meta.xml", &b);
}

static const char manifest_begin[] =
    "<manifest:manifest "
    "xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" "
    "manifest:version=\"1.3\">\n"
    "<manifest:file-entry manifest:full-path=\"/\" manifest:version=\"1.3\" "
    "manifest:media-type=\"" ODT_TYPE "\"/>\n"
    "<manifest:file-entry manifest:full-path=\"content.xml\" "
    "manifest:media-type=\"text/xml\"/>\n"
    "<manifest:file-entry manifest:full-path=\"styles.xml\" "
    "manifest:media-type=\"text/xml\"/>\n"
    "<manifest:file-entry manifest:full-path=\"meta.xml\" "
    "manifest:media-type=\"text/xml\"/>\n";

static int add_members(struct container *c, const struct office *o, const struct odt *d,
                       struct err *err) {
    struct buf type = BUF_INIT, manifest = BUF_INIT;
    buf_puts(&type, ODT_TYPE);
    container_store(c, "mimetype", &type);
    add_meta(c, o);
    add_content(c, d);
    buf_puts(&manifest, xml_prolog);
    buf_puts(&manifest, manifest_begin);
    int ret = odt_styles_add(o, c, &manifest, err);
    buf_puts(&manifest, "</manifest:manifest>\n");
    container_add(c, "META-INF/manifest.xml", &manifest);
    return ret;
}

static void free_name(void *name, const xmlChar *key) {
    (void)key;
    mem_free(name);
}

int odt_write(const struct office *o, struct buf *out, struct err *err) {
    struct odt d = {.body = BUF_INIT,
                    .styles = BUF_INIT,
                    .named = xmlHashCreate(64),
                    .width_cm = o->letter ? 16.59 : 16};
    walk(o->x, &ops, &d);
    struct container *c = container_new();
    int ret = add_members(c, o, &d, err);
    if (ret == 0)
        ret = container_finish(c, out, err);
    else
        container_free(c);
    buf_release(&d.body);
    buf_release(&d.styles);
    xmlHashFree(d.named, free_name);
    vec_release(&d.lists);
    vec_release(&d.tables);
    return ret;
}
