#include "xml_reader.h"

#include "base/text.h"
#include "base/vec.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

struct xml_reader {
    xmlParserCtxtPtr ctxt;
    const char *file;
    const struct xml_handler *handler;
    void *ctx;
    struct err *err;
    struct buf scratch; /* names and values of the attributes */
    VEC(struct xml_attr) attrs;
    bool utf8_only, in_end, started, stopped;
    unsigned depth;
};

static const char *cursor(const struct xml_reader *r) {
    return (const char *)r->ctxt->input->cur;
}

/* libxml2 calls back when it has read the attributes, before the closing bracket; no raw
 * `<` can stand between that place and the start of the tag. */
static const char *tag_start(const struct xml_reader *r) {
    const char *base = (const char *)r->ctxt->input->base;
    const char *p = memrchr(base, '<', (size_t)(cursor(r) - base) + 1);
    return p ? p : base;
}

size_t xml_offset(const struct xml_reader *r) {
    const char *at = r->in_end ? cursor(r) : tag_start(r);
    return (size_t)(at - (const char *)r->ctxt->input->base) + r->ctxt->input->consumed;
}

void xml_place(const struct xml_reader *r, long *line, long *column) {
    const char *base = (const char *)r->ctxt->input->base;
    const char *start = tag_start(r), *p;
    *line = r->ctxt->input->line;
    for (p = start; (p = memchr(p, '\n', (size_t)(cursor(r) - p))); p++)
        --*line;
    for (p = start; p > base && p[-1] != '\n';)
        p--;
    *column = (long)(start - p) + 1;
}

const char *xml_attr_get(const struct xml_element *e, const char *name) {
    for (size_t i = 0; i < e->n_attrs; i++)
        if (*e->attrs[i].name == *name && strcmp(e->attrs[i].name, name) == 0)
            return e->attrs[i].value;
    return NULL;
}

static void stop(struct xml_reader *r) {
    if (r->stopped)
        return;
    if (!r->err->file) {
        long line, column;
        xml_place(r, &line, &column);
        err_at(r->err, r->file, line, column);
    }
    r->stopped = true;
    xmlStopParser(r->ctxt);
}

/* SAX2 gives five strings for an attribute: local name, prefix, URI, value, its end. */
static size_t add_attr_name(struct buf *b, const xmlChar **a) {
    size_t at = b->len;
    if (a[1] && strcmp((const char *)a[1], "xml") == 0)
        buf_puts(b, "xml:");
    else if (a[2])
        buf_addf(b, "{%s}", (const char *)a[2]);
    buf_add(b, a[0], strlen((const char *)a[0]) + 1);
    return at;
}

/* Without NOENT libxml2 leaves an ampersand in a value as `&#38;`. */
static void add_attr_value(struct buf *b, const char *s, const char *end) {
    static const char amp[] = "&#38;";
    while (s < end) {
        const char *at = memchr(s, '&', (size_t)(end - s));
        if (at)
            at = memmem(at, (size_t)(end - at), amp, sizeof amp - 1);
        buf_add(b, s, (size_t)((at ? at + 1 : end) - s));
        s = at ? at + sizeof amp - 1 : end;
    }
    buf_add(b, "", 1);
}

static void gather_attrs(struct xml_reader *r, int n, const xmlChar **a) {
    buf_clear(&r->scratch);
    r->attrs.n = 0;
    for (int i = 0; i < n; i++, a += 5) {
        size_t name = add_attr_name(&r->scratch, a);
        size_t value = r->scratch.len;
        add_attr_value(&r->scratch, (const char *)a[3], (const char *)a[4]);
        struct xml_attr at = {(const char *)(uintptr_t)name,
                              (const char *)(uintptr_t)value};
        vec_push(&r->attrs, at);
    }
    /* Offsets become pointers when the buffer no longer moves. */
    for (size_t i = 0; i < r->attrs.n; i++) {
        r->attrs.v[i].name = r->scratch.s + (uintptr_t)r->attrs.v[i].name;
        r->attrs.v[i].value = r->scratch.s + (uintptr_t)r->attrs.v[i].value;
    }
}

static bool is_utf8(const struct xml_reader *r) {
    const char *enc = (const char *)r->ctxt->encoding;
    return !r->ctxt->input->buf->encoder &&
           (!enc || strcasecmp(enc, "UTF-8") == 0 || strcasecmp(enc, "UTF8") == 0 ||
            strcasecmp(enc, "US-ASCII") == 0);
}

/* The encoding is known when the first element starts. */
static bool encoding_fits(struct xml_reader *r) {
    if (r->started || !r->utf8_only || is_utf8(r))
        return r->started = true;
    err_set(r->err, "the file is not UTF-8");
    err_todo(r->err, "a workbook is UTF-8; convert it back, or restore it");
    err_at(r->err, r->file, 1, 0);
    stop(r);
    return false;
}

static void on_start(void *ctx, const xmlChar *name, const xmlChar *prefix,
                     const xmlChar *uri, int n_ns, const xmlChar **ns, int n_attrs,
                     int n_default, const xmlChar **attrs) {
    struct xml_reader *r = ctx;
    (void)prefix, (void)n_ns, (void)ns;
    if (r->stopped || !encoding_fits(r))
        return;
    /* Defaults come last, from a DOCTYPE, which is ignored. */
    gather_attrs(r, n_attrs - n_default, attrs);
    struct xml_element e = {
        .name = (const char *)name,
        .ours = uri && strcmp((const char *)uri, MEMOBOOK_NS) == 0,
        .attrs = r->attrs.v,
        .n_attrs = r->attrs.n,
    };
    r->in_end = false;
    r->depth++;
    if (r->handler->start(r->ctx, r, &e, r->err) < 0)
        stop(r);
}

static void on_end(void *ctx, const xmlChar *name, const xmlChar *prefix,
                   const xmlChar *uri) {
    struct xml_reader *r = ctx;
    (void)name, (void)prefix, (void)uri;
    if (r->stopped)
        return;
    r->in_end = true;
    r->depth--;
    if (r->handler->end(r->ctx, r, r->err) < 0)
        stop(r);
}

static void on_text(void *ctx, const xmlChar *s, int len) {
    struct xml_reader *r = ctx;
    if (r->stopped || len <= 0)
        return;
    if (r->handler->text(r->ctx, r, (const char *)s, (size_t)len, r->err) < 0)
        stop(r);
}

static void on_entity(void *ctx, const xmlChar *name, int type, const xmlChar *public,
                      const xmlChar *system, xmlChar *content) {
    struct xml_reader *r = ctx;
    (void)name, (void)type, (void)public, (void)system, (void)content;
    if (r->stopped)
        return;
    err_set(r->err, "the file declares an entity, which memobook does not read");
    err_todo(r->err, "write the text itself in its place");
    err_at(r->err, r->file, r->ctxt->input->line, 0);
    stop(r);
}

/* The first error counts: those after it are mostly its consequences. */
static void on_error(void *ctx, xmlErrorPtr e) {
    struct xml_reader *r = ctx;
    if (r->stopped || r->err->what || !e || e->level < XML_ERR_ERROR)
        return;
    const char *says = e->message ? e->message : "not well-formed";
    if (e->code == XML_ERR_DOCUMENT_END && r->depth > 0)
        says = "the file ends before all its elements do";
    else if (e->code == XML_ERR_DOCUMENT_END && !r->started)
        says = "the file ends before its first element";
    err_set(r->err, "not well-formed XML: %.*s", (int)strcspn(says, "\n"), says);
    err_todo(r->err, "correct the file there, or open a copy of it");
    err_at(r->err, r->file, r->ctxt->input ? r->ctxt->input->line : e->line, e->int2);
}

enum { CHUNK = 64 * 1024 };

static xmlParserInputPtr deny(const char *url, const char *id, xmlParserCtxtPtr ctxt) {
    (void)url, (void)id, (void)ctxt;
    return NULL;
}

static int parse(struct xml_reader *r, const char *bytes, size_t len) {
    for (size_t at = 0; at < len && !r->stopped && !r->err->what; at += CHUNK) {
        size_t n = len - at < CHUNK ? len - at : CHUNK;
        xmlParseChunk(r->ctxt, bytes + at, (int)n, at + n == len);
    }
    if (r->stopped)
        return -1;
    if (!r->ctxt->wellFormed || r->err->what) {
        if (!r->err->what)
            err_set(r->err, "not well-formed XML");
        if (!r->err->file)
            err_at(r->err, r->file, 0, 0);
        return -1;
    }
    return 0;
}

int xml_read(const char *bytes, size_t len, const char *file, bool utf8_only,
             const struct xml_handler *handler, void *ctx, struct err *err) {
    if (len == 0 || len > INT_MAX) {
        err_set(err, len ? "the file is too large" : "the file is empty");
        err_todo(err, "a memo starts with <memo xmlns=\"%s\" version=\"1\">",
                 MEMOBOOK_NS);
        return err_at(err, file, 0, 0);
    }
    struct xml_reader r = {
        .file = file, .handler = handler, .ctx = ctx, .err = err, .utf8_only = utf8_only};
    r.scratch = (struct buf)BUF_INIT;
    xmlSetExternalEntityLoader(deny);
    r.ctxt = xmlCreatePushParserCtxt(NULL, NULL, NULL, 0, NULL);
    if (!r.ctxt)
        mem_exhausted();
    memset(r.ctxt->sax, 0, sizeof *r.ctxt->sax);
    r.ctxt->sax->initialized = XML_SAX2_MAGIC;
    r.ctxt->sax->startElementNs = on_start;
    r.ctxt->sax->endElementNs = on_end;
    r.ctxt->sax->characters = on_text;
    r.ctxt->sax->cdataBlock = on_text;
    r.ctxt->sax->ignorableWhitespace = on_text;
    r.ctxt->sax->entityDecl = on_entity;
    r.ctxt->sax->serror = on_error;
    r.ctxt->userData = &r;
    xmlCtxtUseOptions(r.ctxt, XML_PARSE_NONET | XML_PARSE_BIG_LINES);
    r.ctxt->userData = &r;
    int result = parse(&r, bytes, len);
    if (r.ctxt->myDoc) /* made by libxml2 for a DOCTYPE */
        xmlFreeDoc(r.ctxt->myDoc);
    xmlFreeParserCtxt(r.ctxt);
    buf_release(&r.scratch);
    vec_release(&r.attrs);
    return result;
}

void xml_cleanup(void) {
    xmlCleanupParser();
}
