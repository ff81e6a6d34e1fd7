#include "office_text.h"

#include "container.h"

#include "base/mem.h"

#include <libxml/xmlreader.h>
#include <string.h>

enum { PART_MAX = 1 << 30 };

struct reading {
    xmlTextReader *xml;
    const char *part;
    struct buf *out;
    struct buf text, element; /* the element that the text began in */
    unsigned paragraphs;      /* that are open */
    unsigned furniture;       /* the depth of the header or footer, plus one; or 0 */
    bool instruction;         /* of a field, which is not shown */
    bool styles;
};

static bool one_of(const char *name, const char *const list[]) {
    for (; *list; list++)
        if (strcmp(name, *list) == 0)
            return true;
    return false;
}

static const char *local(const struct reading *r) {
    return (const char *)xmlTextReaderConstLocalName(r->xml);
}

static bool starts(const char *s, const char *with) {
    return strncmp(s, with, strlen(with)) == 0;
}

/* ---- a line */

static void add_line(struct reading *r, const char *where, const char *s) {
    bool blank = true;
    size_t start = r->out->len;
    buf_puts(r->out, where);
    buf_putc(r->out, '\t');
    for (size_t from = r->out->len; *s; s++) {
        bool is_blank = strchr(" \t\r\n", *s) != NULL;
        if (!is_blank || (!blank && r->out->len > from))
            buf_putc(r->out, is_blank ? ' ' : *s);
        blank = is_blank;
    }
    if (r->out->s[r->out->len - 1] == '\t')
        buf_cut(r->out, start);
    else
        buf_putc(r->out, '\n');
}

static const char *where_of(const struct reading *r) {
    if (r->furniture || starts(r->part, "word/header") || starts(r->part, "word/footer"))
        return "the header or footer";
    if (strcmp(r->part, "meta.xml") == 0 || starts(r->part, "docProps/"))
        return r->element.s;
    return r->paragraphs ? "the text" : "the styles";
}

static void flush(struct reading *r) {
    if (r->text.len)
        add_line(r, where_of(r), r->text.s);
    buf_clear(&r->text);
}

/* ---- what a reader of XML meets */

static bool is_paragraph(const char *name) {
    return strcmp(name, "p") == 0 || strcmp(name, "h") == 0;
}

static bool is_body(const char *part) {
    return strcmp(part, "content.xml") == 0 || strcmp(part, "word/document.xml") == 0;
}

/* Names that a person gave: not those that we give. */
static void take_attributes(struct reading *r) {
    static const char *const names[] = {
        "name",     "display-name", "styleId", "title",  "descr",        "alt",  "author",
        "initials", "userId",       "tooltip", "string", "string-value", "href", NULL};
    static const char *const valued[] = {"name", "aliases", "alias", "tag", NULL};
    static const char *const fonts[] = {"font", "font-face", NULL};
    bool value = one_of(local(r), valued);
    if (!r->styles || is_body(r->part) || one_of(local(r), fonts))
        return;
    while (xmlTextReaderMoveToNextAttribute(r->xml) == 1)
        if (one_of(local(r), names) || (value && strcmp(local(r), "val") == 0))
            add_line(r, "a style or picture of the reference",
                     (const char *)xmlTextReaderConstValue(r->xml));
    xmlTextReaderMoveToElement(r->xml);
}

static void begin(struct reading *r) {
    static const char *const blanks[] = {"tab",           "br", "cr", "s", "line-break",
                                         "noBreakHyphen", NULL};
    const char *name = local(r);
    bool empty = xmlTextReaderIsEmptyElement(r->xml);
    if (one_of(name, blanks))
        buf_putc(&r->text, ' ');
    if (!r->paragraphs) {
        flush(r);
        buf_clear(&r->element);
        buf_addf(&r->element, "metadata (%s)", name);
    }
    if (!r->furniture && (starts(name, "header") || starts(name, "footer")) && !empty)
        r->furniture = (unsigned)xmlTextReaderDepth(r->xml) + 1;
    r->paragraphs += is_paragraph(name) && !empty;
    r->instruction = strcmp(name, "instrText") == 0 && !empty;
    take_attributes(r);
}

static void end(struct reading *r) {
    bool paragraph = is_paragraph(local(r));
    r->instruction = false;
    if (!r->paragraphs || (paragraph && r->paragraphs == 1))
        flush(r);
    else if (paragraph)
        buf_putc(&r->text, ' ');
    r->paragraphs -= paragraph && r->paragraphs;
    if (r->furniture == (unsigned)xmlTextReaderDepth(r->xml) + 1)
        r->furniture = 0;
}

static void meet(struct reading *r) {
    switch (xmlTextReaderNodeType(r->xml)) {
    case XML_READER_TYPE_ELEMENT:
        begin(r);
        break;
    case XML_READER_TYPE_END_ELEMENT:
        end(r);
        break;
    case XML_READER_TYPE_TEXT:
    case XML_READER_TYPE_CDATA:
    case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
        if (!r->instruction)
            buf_puts(&r->text, (const char *)xmlTextReaderConstValue(r->xml));
        break;
    default:
        break;
    }
}

static int read_part(const struct buf *bytes, struct reading *r, struct err *err) {
    r->xml = xmlReaderForMemory(bytes->s, (int)bytes->len, NULL, NULL,
                                XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_NOERROR);
    int more = r->xml ? 1 : -1;
    while (more == 1 && (more = xmlTextReaderRead(r->xml)) == 1)
        meet(r);
    flush(r);
    xmlFreeTextReader(r->xml);
    r->paragraphs = r->furniture = 0;
    return more == 0 ? 0 : err_set(err, "its %s cannot be read again", r->part);
}

/* ---- the parts */

static bool is_xml(const char *name) {
    size_t len = strlen(name);
    return len > 4 && strcmp(name + len - 4, ".xml") == 0 &&
           strcmp(name, "[Content_Types].xml") != 0 &&
           strcmp(name, "META-INF/manifest.xml") != 0;
}

static int take_member(struct archive *a, struct reading *r, struct err *err) {
    struct buf bytes = BUF_INIT;
    int ret = 0;
    if (starts(r->part, "Pictures/"))
        add_line(r, "the name of a picture", r->part + strlen("Pictures/"));
    if (is_xml(r->part)) {
        ret = archive_read(a, r->part, PART_MAX, &bytes, err);
        if (ret == 0)
            ret = read_part(&bytes, r, err);
    }
    buf_release(&bytes);
    return ret;
}

int office_text(const struct buf *document, bool styles, struct buf *out,
                struct err *err) {
    struct reading r = {
        .out = out, .text = BUF_INIT, .element = BUF_INIT, .styles = styles};
    struct archive *a = archive_open_made(document, err);
    int ret = a ? 0 : -1;
    for (size_t i = 0; ret == 0 && (r.part = archive_member(a, i)); i++)
        ret = take_member(a, &r, err);
    archive_free(a);
    buf_release(&r.text);
    buf_release(&r.element);
    return ret;
}
