/*
 * DOCX: the operations of the walk, and the package.
 *
 * Everything is a paragraph of runs: lists are paragraphs with a level and a number, and
 * what applies to a run is written with each run. The order of elements in w:pPr, w:rPr
 * and w:tblPr is that of the schema, on which Word insists.
 */
#include "docx_page.h"
#include "walk.h"

#include "base/vec.h"

#include <libxml/hash.h>
#include <libxml/uri.h>

static const char *const para_styles[PARA_COUNT] = {
#define X(sym, odt, docx) docx,
    PARA_KINDS(X)
#undef X
};

static const char *const span_styles[SPAN_COUNT] = {
#define X(sym, odt, docx) docx,
    SPAN_KINDS(X)
#undef X
};

/* As in docx-numbering.xml and docx-styles.xml, in twips: the text of a record, and how
 * much further in a list in it is. */
enum { DOCX_RECORD = 1814, DOCX_RECORD_STEP = 284 };

struct span {
    enum span_kind kind;
    const char *lang;
};

struct list {
    struct docx_list how;
    unsigned number;
    bool numbered, in_record;
    bool fresh; /* the next paragraph is the first of its item */
};

struct open_table {
    size_t outer;   /* lists that were open around it */
    unsigned width; /* of the cell, in twips */
    unsigned all;   /* of the table */
    struct table shape;
    bool empty; /* nothing stands in the cell */
};

struct docx {
    struct buf body;
    struct package *package;
    struct docx_styles *styles;
    const char *para_style[PARA_COUNT], *span_style[SPAN_COUNT], *hyperlink;
    unsigned width; /* of the text, in twips */
    unsigned n_anchors;
    const char *para_lang;
    VEC(struct span) spans;
    VEC(struct list) lists;
    VEC(struct open_table) tables;
    struct buf run; /* properties of a run, as the spans say; for `spans_known` */
    bool run_known;
    bool in_link, link_is_shown; /* whether it has become one; whether to the web */
    xmlHashTable *links;         /* address -> its relationship */
};

/* ---- runs */

/* What the open spans come to. */
struct look {
    const char *style;
    bool em, upright, strong, del, ins;
    const char *lang;
};

static struct look look_of(const struct docx *d) {
    struct look l = {.lang = d->para_lang};
    for (size_t i = 0; i < d->spans.n; i++) {
        const struct span *s = &d->spans.v[i];
        if (*s->lang)
            l.lang = s->lang;
        l.em = l.em || s->kind == SPAN_EM;
        l.upright = l.upright || s->kind == SPAN_UPRIGHT;
        l.strong = l.strong || s->kind == SPAN_STRONG;
        l.del = l.del || s->kind == SPAN_DEL;
        l.ins = l.ins || s->kind == SPAN_INS;
        if (s->kind >= SPAN_CITE)
            l.style = d->span_style[s->kind];
    }
    return l;
}

/* A run has one style of characters: that of the innermost class, else of a link, else of
 * emphasis. The rest is said of the run itself. */
static void choose_style(const struct docx *d, struct look *l) {
    if (!l->style && d->in_link && d->link_is_shown)
        l->style = d->hyperlink;
    if (!l->style && l->strong) {
        l->style = d->span_style[SPAN_STRONG];
        l->strong = false;
    }
    if (!l->style && l->em) {
        l->style = d->span_style[SPAN_EM];
        l->em = false;
    }
}

static void put_language(struct buf *out, const char *tag) {
    static const char *const attr[] = {"w:val", "w:eastAsia", "w:bidi"};
    struct language l = language_of(tag);
    if (!l.language[0])
        return;
    buf_puts(out, "<w:lang");
    xml_attr(out, attr[l.script], l.tag);
    buf_puts(out, "/>");
}

/* In a Chinese run quotation marks, too, are of the Chinese font. */
static void know_run(struct docx *d) {
    if (d->run_known)
        return;
    struct look l = look_of(d);
    struct buf *b = &d->run;
    choose_style(d, &l);
    buf_clear(b);
    if (l.style) {
        buf_puts(b, "<w:rStyle");
        xml_attr(b, "w:val", l.style);
        buf_puts(b, "/>");
    }
    if (*l.lang && language_of(l.lang).script == SCRIPT_ASIAN)
        buf_puts(b, "<w:rFonts w:hint=\"eastAsia\"/>");
    if (l.strong)
        buf_puts(b, "<w:b/><w:bCs/>");
    if (l.em || l.upright)
        buf_puts(b, l.em ? "<w:i/><w:iCs/>" : "<w:i w:val=\"0\"/><w:iCs w:val=\"0\"/>");
    if (l.del)
        buf_puts(b, "<w:strike/>");
    if (l.ins)
        buf_puts(b, "<w:u w:val=\"single\"/>");
    put_language(b, l.lang);
    d->run_known = true;
}

static void run_open(struct docx *d) {
    know_run(d);
    buf_puts(&d->body, "<w:r>");
    if (d->run.len == 0)
        return;
    buf_puts(&d->body, "<w:rPr>");
    buf_add(&d->body, d->run.s, d->run.len);
    buf_puts(&d->body, "</w:rPr>");
}

static void text(void *out, const char *s, size_t len) {
    struct docx *d = out;
    run_open(d);
    buf_puts(&d->body, "<w:t xml:space=\"preserve\">");
    xml_text(&d->body, s, len);
    buf_puts(&d->body, "</w:t></w:r>");
}

static void tab(void *out) {
    struct docx *d = out;
    run_open(d);
    buf_puts(&d->body, "<w:tab/></w:r>");
}

static void line_break(void *out) {
    struct docx *d = out;
    run_open(d);
    buf_puts(&d->body, "<w:br/></w:r>");
}

static void span_open(void *out, enum span_kind kind, const char *lang) {
    struct docx *d = out;
    struct span s = {kind, lang};
    vec_push(&d->spans, s);
    d->run_known = false;
}

static void span_close(void *out) {
    struct docx *d = out;
    d->spans.n--;
    d->run_known = false;
}

/* ---- anchors and links */

static void anchor(void *out, const char *name) {
    struct docx *d = out;
    unsigned id = d->n_anchors++;
    buf_addf(&d->body, "<w:bookmarkStart w:id=\"%u\" w:name=\"%s\"/>", id, name);
    buf_addf(&d->body, "<w:bookmarkEnd w:id=\"%u\"/>", id);
}

/* Word takes a document for damaged that has an address which is none: it is escaped, and
 * no link where that is not enough. Returns 0, or the number of its relationship. */
static unsigned link_number(struct docx *d, const char *href) {
    xmlChar *safe =
        xmlURIEscapeStr((const xmlChar *)href, (const xmlChar *)"%#?&=:/;,+@!$'()*~[]");
    xmlURI *uri = safe ? xmlParseURI((const char *)safe) : NULL;
    unsigned *known = uri ? xmlHashLookup(d->links, safe) : NULL;
    unsigned number = known ? *known : 0;
    if (uri && !known) {
        known = mem_alloc(sizeof *known);
        *known = number = package_link(d->package, (const char *)safe);
        xmlHashAddEntry(d->links, safe, known);
    }
    xmlFreeURI(uri);
    xmlFree(safe);
    return number;
}

static void link_open(void *out, const char *href, const char *name) {
    struct docx *d = out;
    unsigned number = name ? 0 : link_number(d, href);
    if (name)
        buf_addf(&d->body, "<w:hyperlink w:anchor=\"%s\" w:history=\"1\">", name);
    else if (number)
        buf_addf(&d->body, "<w:hyperlink r:id=\"rId%u\" w:history=\"1\">", number);
    d->in_link = name || number;
    d->link_is_shown = !name;
    d->run_known = false;
}

static void link_close(void *out) {
    struct docx *d = out;
    if (d->in_link)
        buf_puts(&d->body, "</w:hyperlink>");
    d->in_link = false;
    d->run_known = false;
}

/* ---- paragraphs */

static size_t outer_lists(const struct docx *d) {
    return d->tables.n > 0 ? d->tables.v[d->tables.n - 1].outer : 0;
}

static unsigned depth_of(const struct docx *d) {
    return (unsigned)(d->lists.n - outer_lists(d));
}

static void put_deep_style(struct docx *d, const char *style, unsigned depth) {
    char id[32];
    if (depth > DOCX_DEPTH_MAX)
        depth = DOCX_DEPTH_MAX;
    snprintf(id, sizeof id, depth > 1 ? "%s%u" : "%s", style, depth);
    buf_puts(&d->body, "<w:pStyle");
    xml_attr(&d->body, "w:val", docx_style(d->styles, id));
    buf_puts(&d->body, "/>");
}

static void put_style_id(struct docx *d, enum para_kind kind) {
    buf_puts(&d->body, "<w:pStyle");
    xml_attr(&d->body, "w:val", d->para_style[kind]);
    buf_puts(&d->body, "/>");
}

static bool is_item(enum para_kind kind) {
    return kind == PARA_BULLET || kind == PARA_NUMBER || kind == PARA_NUMBERED_QUESTION ||
           kind == PARA_RECORD_LIST_ITEM;
}

static bool belongs_to_item(enum para_kind kind) {
    return is_item(kind) || kind == PARA_ITEM_MORE || kind == PARA_RECORD_LIST_MORE;
}

/* One style for each depth, where Word has them. */
static void put_item_style(struct docx *d, enum para_kind kind) {
    if (kind == PARA_BULLET || kind == PARA_NUMBER || kind == PARA_ITEM_MORE)
        put_deep_style(d, para_styles[kind], depth_of(d));
    else
        put_style_id(d, kind);
}

/* A bullet is the style's, where it has one; a number is that of the list. */
static bool has_number(const struct list *l) {
    return l->numbered || !l->how.by_style;
}

/* What w:pPr says of where the paragraph stands: each part has its place in it. */
struct standing {
    enum para_kind kind;
    const struct list *numbered; /* its item begins with this paragraph */
    unsigned indent;             /* in twips, where the style has none for the depth */
};

static struct standing standing_of(struct docx *d, enum para_kind kind) {
    struct list *l = depth_of(d) > 0 ? &d->lists.v[d->lists.n - 1] : NULL;
    struct standing s = {kind, NULL, 0};
    if (!l)
        return s;
    if (belongs_to_item(kind) && !(is_item(kind) && l->fresh)) {
        s.kind = l->in_record ? PARA_RECORD_LIST_MORE : PARA_ITEM_MORE;
        if (l->in_record && depth_of(d) > 1)
            s.indent = DOCX_RECORD + DOCX_RECORD_STEP * depth_of(d);
    } else if (is_item(kind) && has_number(l)) {
        s.numbered = l;
    }
    l->fresh = false;
    return s;
}

static void put_properties(struct docx *d, const struct para *p) {
    struct standing s = standing_of(d, p->kind);
    put_item_style(d, s.kind);
    if (p->keep)
        buf_puts(&d->body, "<w:keepNext/>");
    if (s.numbered)
        buf_addf(&d->body,
                 "<w:numPr><w:ilvl w:val=\"%u\"/><w:numId w:val=\"%u\"/></w:numPr>",
                 s.numbered->how.level, s.numbered->number);
    if (s.indent)
        buf_addf(&d->body, "<w:ind w:left=\"%u\" w:firstLine=\"0\"/>", s.indent);
}

static void fill_cell(struct docx *d) {
    if (d->tables.n > 0)
        d->tables.v[d->tables.n - 1].empty = false;
}

static void para_open(void *out, const struct para *p) {
    struct docx *d = out;
    buf_puts(&d->body, "<w:p><w:pPr>");
    put_properties(d, p);
    buf_puts(&d->body, "</w:pPr>");
    d->para_lang = p->lang;
    d->run_known = false;
    fill_cell(d);
}

static void para_close(void *out) {
    struct docx *d = out;
    buf_puts(&d->body, "</w:p>\n");
}

/* ---- lists */

static void list_open(void *out, const struct list_shape *shape) {
    struct docx *d = out;
    unsigned depth = depth_of(d) + 1;
    struct list l = {.how = shape->in_record
                                ? docx_record_list(d->styles, shape->numbered, depth)
                                : docx_list_of(d->styles, shape->numbered, depth),
                     .numbered = shape->numbered,
                     .in_record = shape->in_record};
    l.number =
        shape->numbered ? docx_list_start(d->styles, &l.how, shape->start) : l.how.number;
    vec_push(&d->lists, l);
}

static void list_close(void *out) {
    struct docx *d = out;
    d->lists.n--;
}

static void item_open(void *out) {
    struct docx *d = out;
    d->lists.v[d->lists.n - 1].fresh = true;
}

static void item_close(void *out) {
    (void)out;
}

/* ---- tables */

static unsigned part_of(const struct open_table *t, unsigned at, unsigned span) {
    unsigned sum = 0;
    for (unsigned i = at; i < at + span; i++)
        sum += t->shape.share[i];
    return (unsigned)((unsigned long)t->all * sum / COLUMNS_WHOLE);
}

static void table_open(void *out, const struct table *shape) {
    struct docx *d = out;
    const struct open_table *around = d->tables.n ? &d->tables.v[d->tables.n - 1] : NULL;
    struct open_table t = {
        .outer = d->lists.n, .all = around ? around->width : d->width, .shape = *shape};
    bool facts = shape->look == TABLE_FACTS;
    fill_cell(d);
    vec_push(&d->tables, t);
    buf_puts(&d->body, "<w:tbl><w:tblPr><w:tblStyle");
    xml_attr(&d->body, "w:val", docx_style(d->styles, facts ? "Facts" : "TableGrid"));
    buf_addf(&d->body,
             "/><w:tblW w:w=\"%u\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/>"
             "<w:tblLook w:val=\"%s\" w:firstRow=\"%d\" w:lastRow=\"0\" "
             "w:firstColumn=\"%d\" w:lastColumn=\"0\" w:noHBand=\"0\" w:noVBand=\"1\"/>"
             "</w:tblPr>\n<w:tblGrid>",
             t.all, facts ? "0480" : "0420", !facts, facts);
    for (unsigned i = 0; i < shape->n; i++)
        buf_addf(&d->body, "<w:gridCol w:w=\"%u\"/>", part_of(&t, i, 1));
    buf_puts(&d->body, "</w:tblGrid>\n");
}

/* A paragraph after it keeps it apart from a further table. */
static void table_close(void *out) {
    struct docx *d = out;
    d->tables.n--;
    buf_puts(&d->body, "</w:tbl>\n<w:p><w:pPr><w:pStyle");
    xml_attr(&d->body, "w:val", docx_style(d->styles, "AfterTable"));
    buf_puts(&d->body, "/></w:pPr></w:p>\n");
}

static void row_open(void *out, bool head) {
    struct docx *d = out;
    buf_puts(&d->body, head ? "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>\n"
                            : "<w:tr><w:trPr><w:cantSplit/></w:trPr>\n");
}

static void row_close(void *out) {
    struct docx *d = out;
    buf_puts(&d->body, "</w:tr>\n");
}

static void cell_open(void *out, const struct cell *c) {
    struct docx *d = out;
    struct open_table *t = &d->tables.v[d->tables.n - 1];
    t->width = part_of(t, c->at, c->span);
    t->empty = true;
    buf_addf(&d->body, "<w:tc><w:tcPr><w:tcW w:w=\"%u\" w:type=\"dxa\"/>", t->width);
    if (c->span > 1)
        buf_addf(&d->body, "<w:gridSpan w:val=\"%u\"/>", c->span);
    buf_puts(&d->body, "</w:tcPr>");
}

static void cell_close(void *out) {
    struct docx *d = out;
    struct para p = {PARA_CELL, "", false};
    if (d->tables.v[d->tables.n - 1].empty) {
        para_open(d, &p);
        para_close(d);
    }
    buf_puts(&d->body, "</w:tc>\n");
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

/* ---- the package */

#define PACKAGE_TYPE "application/vnd.openxmlformats-package."

static const char types_begin[] =
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\n"
    "<Default Extension=\"rels\" ContentType=\"" PACKAGE_TYPE "relationships+xml\"/>\n"
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>\n"
    "<Default Extension=\"png\" ContentType=\"image/png\"/>\n"
    "<Default Extension=\"jpeg\" ContentType=\"image/jpeg\"/>\n"
    "<Default Extension=\"gif\" ContentType=\"image/gif\"/>\n"
    "<Override PartName=\"/word/document.xml\" ContentType=\"application/"
    "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>\n"
    "<Override PartName=\"/docProps/core.xml\" ContentType=\"" PACKAGE_TYPE
    "core-properties+xml\"/>\n";

#define RELS_BEGIN                                                                       \
    "<Relationships "                                                                    \
    "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\n"

static const char package_rels_part[] =
    RELS_BEGIN "<Relationship Id=\"rId1\" Type=\"" DOCX_REL "officeDocument\" "
               "Target=\"word/document.xml\"/>\n"
               "<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/"
               "package/2006/relationships/metadata/core-properties\" "
               "Target=\"docProps/core.xml\"/>\n</Relationships>\n";

static struct buf around(const char *begin, const struct buf *middle, const char *end) {
    struct buf b = BUF_INIT;
    buf_reserve(&b, middle->len + 1024);
    buf_puts(&b, xml_prolog);
    buf_puts(&b, begin);
    buf_add(&b, middle->s, middle->len);
    buf_puts(&b, end);
    return b;
}

static void add_around(struct package *p, const char *name, const char *begin,
                       const struct buf *middle, const char *end) {
    struct buf b = around(begin, middle, end);
    container_add(p->container, name, &b);
}

static void add_element(struct buf *out, const char *name, const char *attr,
                        const char *of_it) {
    if (!*of_it)
        return;
    buf_addf(out, "<%s%s>", name, attr);
    xml_puts(out, of_it);
    buf_addf(out, "</%s>\n", name);
}

static void add_core(struct package *p, const struct office *o) {
    static const char date[] = " xsi:type=\"dcterms:W3CDTF\"";
    struct buf b = BUF_INIT;
    add_element(&b, "dc:title", "", o->x->title);
    add_element(&b, "dc:subject", "", office_meta(o, "subject"));
    add_element(&b, "dc:language", "", language_of(o->x->lang).tag);
    add_element(&b, "dcterms:created", date, o->created);
    add_element(&b, "dcterms:modified", date, o->created);
    add_around(p, "docProps/core.xml",
               "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/"
               "2006/metadata/core-properties\" "
               "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
               "xmlns:dcterms=\"http://purl.org/dc/terms/\" "
               "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n",
               &b, "</cp:coreProperties>\n");
    buf_release(&b);
}

static void add_document(struct docx *d, const struct docx_page *page) {
    buf_add(&d->body, page->section.s, page->section.len);
    add_around(d->package, "word/document.xml",
               "<w:document xmlns:w=\"" DOCX_W "\" xmlns:r=\"" DOCX_R "\"><w:body>\n",
               &d->body, "</w:body></w:document>\n");
}

static void add_frame(struct package *p, const struct office *o) {
    struct buf nothing = BUF_INIT;
    struct buf types = around(types_begin, &p->types, "</Types>\n");
    struct buf rels = around(package_rels_part, &nothing, "");
    add_core(p, o);
    add_around(p, "word/_rels/document.xml.rels", RELS_BEGIN, &p->rels,
               "</Relationships>\n");
    container_add_first(p->container, "_rels/.rels", &rels);
    container_add_first(p->container, "[Content_Types].xml", &types);
}

static void know_styles(struct docx *d) {
    for (int i = 0; i < PARA_COUNT; i++)
        d->para_style[i] = docx_style(d->styles, para_styles[i]);
    for (int i = 0; i < SPAN_COUNT; i++)
        if (span_styles[i])
            d->span_style[i] = docx_style(d->styles, span_styles[i]);
    d->hyperlink = docx_style(d->styles, "Hyperlink");
}

static int write_all(struct docx *d, const struct office *o, struct err *err) {
    struct docx_page page = {.section = BUF_INIT};
    d->styles = docx_styles_open(o, d->package, err);
    int ret = d->styles ? docx_page_add(o, d->styles, d->package, &page, err) : -1;
    if (ret == 0) {
        know_styles(d);
        d->width = page.width;
        walk(o->x, &ops, d);
        docx_styles_add(d->styles, d->package);
        add_document(d, &page);
        add_frame(d->package, o);
    }
    docx_page_release(&page);
    return ret;
}

static void free_number(void *number, const xmlChar *key) {
    (void)key;
    mem_free(number);
}

static void docx_release(struct docx *d) {
    buf_release(&d->body);
    buf_release(&d->run);
    vec_release(&d->spans);
    vec_release(&d->lists);
    vec_release(&d->tables);
    xmlHashFree(d->links, free_number);
    docx_styles_free(d->styles);
}

int docx_write(const struct office *o, struct buf *out, struct err *err) {
    struct package p;
    struct docx d = {.body = BUF_INIT,
                     .run = BUF_INIT,
                     .package = &p,
                     .para_lang = "",
                     .links = xmlHashCreate(16)};
    int ret = package_init(&p, o, err);
    if (ret == 0)
        ret = write_all(&d, o, err);
    if (ret == 0) {
        ret = container_finish(p.container, out, err);
        p.container = NULL;
    }
    docx_release(&d);
    package_release(&p);
    return ret;
}
