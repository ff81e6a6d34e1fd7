#include "template.h"

#include "template_cost.h"
#include "template_folder.h"
#include "template_memory.h"

#include "base/mem.h"

#include <libxml/parser.h>
#include <libxml/uri.h>
#include <libxml/xpath.h>
#include <libxslt/documents.h>
#include <libxslt/security.h>
#include <libxslt/transform.h>
#include <libxslt/xsltInternals.h>
#include <libxslt/xsltutils.h>
#include <stdlib.h>
#include <string.h>

enum {
    DEPTH_MAX = 1000, /* templates in templates */
    VARS_MAX = 15000, /* variables and parameters at a time */
    INCLUDES_MAX = 64,
};

/* What a run may take: for any workbook, and more for each node of the notes document.
 * session-notes takes 3 instructions, 25 steps and less than 1000 bytes for a node. */
static const struct {
    unsigned long instructions, steps; /* of XSLT; of XPath, in libxml2's count */
    size_t bytes;
    unsigned ms, per_ms; /* time of the processor; nodes for one more */
} at_least = {1000000, 20000000, 256 << 20, 20000, 0},
  per_node = {200, 1000, 8192, 0, 10};

/* A stylesheet has an address that tells where its includes are looked for, never a file
 * name that libxml2 could open: "template:/NAME.xsl". "stock:NAME.xsl" skips the user's.
 */
#define TEMPLATE_URI "template:"
#define STOCK_URI "stock:"

struct loaded {
    char *uri, *shown;
};

struct job {
    const char *name;
    struct err *err;
    struct err refused; /* what was asked for and not given */
    struct err xml;     /* the first error of libxml2 */
    struct buf said;    /* all that libxslt has said */
    struct buf message; /* the last xsl:message */
    struct err stopped; /* where it stood */
    xsltTransformContext *ctxt;
    struct loaded loaded[INCLUDES_MAX];
    size_t n_loaded;
    /* What was set before. */
    xmlGenericErrorFunc generic, xml_generic;
    void *generic_ctx, *xml_generic_ctx;
    xmlStructuredErrorFunc structured;
    void *structured_ctx;
    xsltSecurityPrefs *prefs, *old_prefs;
};

/* The job of the hooks that get no context. */
static struct job *running;

/* ---- what is said is collected */

static const char *shown_as(const struct job *j, const char *uri) {
    for (size_t i = 0; i < j->n_loaded; i++)
        if (strcmp(j->loaded[i].uri, uri) == 0)
            return j->loaded[i].shown;
    return j->n_loaded ? j->loaded[0].shown : j->name;
}

/* The file that an instruction stands in. */
static const char *shown_of(const struct job *j, const xmlNode *inst) {
    return shown_as(j, inst->doc->URL ? (const char *)inst->doc->URL : "");
}

static bool in_message(const struct job *j) {
    const xmlNode *inst = j->ctxt ? j->ctxt->inst : NULL;
    return inst && inst->ns && strcmp((const char *)inst->name, "message") == 0 &&
           strcmp((const char *)inst->ns->href, (const char *)XSLT_NAMESPACE) == 0;
}

__attribute__((format(printf, 2, 3))) static void collect(void *ctx, const char *fmt,
                                                          ...) {
    enum { SAID_MAX = 1 << 16 };
    struct job *j = ctx;
    struct buf *said = &j->said;
    if (in_message(j)) {
        said = &j->message;
        if (said->len && said->s[said->len - 1] == '\n')
            buf_clear(said);
        err_at(&j->stopped, shown_of(j, j->ctxt->inst), xmlGetLineNo(j->ctxt->inst), 0);
    }
    if (said->len > SAID_MAX)
        return;
    va_list ap;
    va_start(ap, fmt);
    buf_vaddf(said, fmt, ap);
    va_end(ap);
}

static void collect_xml(void *ctx, xmlErrorPtr e) {
    struct job *j = ctx;
    if (j->xml.what || e->level < XML_ERR_ERROR || !e->message)
        return;
    err_set(&j->xml, "%.*s", (int)strcspn(e->message, "\n"), e->message);
    if (e->domain != XML_FROM_XPATH)
        err_at(&j->xml, NULL, e->line, e->int2);
}

/* Libxslt's "runtime error: file URI line 3 element foo"; false when there is none. */
static bool place_said(const struct job *j, char uri[], size_t size, long *line) {
    const char *at = strstr(j->said.s, "error: file ");
    if (!at)
        return false;
    at += strlen("error: file ");
    size_t len = strcspn(at, "\n");
    const char *end = memmem(at, len, " line ", 6);
    *line = end ? strtol(end + 6, NULL, 10) : 0;
    if (!end)
        end = memmem(at, len, " element ", 9);
    size_t n = end ? (size_t)(end - at) : len;
    if (n >= size)
        n = size - 1;
    memcpy(uri, at, n);
    uri[n] = '\0';
    return true;
}

/* The first line that says something, and not where. */
static const char *reason_said(const struct job *j, size_t *len) {
    static const char *const places[] = {
        "compilation error", "runtime error", "error\n",
        "error: ",           "Templates:",    "compilation warning"};
    for (const char *s = j->said.s; *s; s += *len + (s[*len] == '\n')) {
        *len = strcspn(s, "\n");
        bool place = *len == 0;
        for (size_t i = 0; i < sizeof places / sizeof *places; i++)
            place = place || strncmp(s, places[i], strlen(places[i])) == 0;
        if (!place)
            return s;
    }
    return NULL;
}

/* Less the name of libxslt's own function: "xsltFoo : reason". */
static const char *without_function(const char *s, size_t *len) {
    size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
    if (strncmp(s, "xslt", 4) != 0 && strncmp(s, "xmlXPath", 8) != 0)
        return s;
    n += strspn(s + n, " ");
    if (n >= *len || s[n] != ':')
        return s;
    n++;
    n += strspn(s + n, " ");
    *len -= n;
    return s + n;
}

static void explain(struct job *j) {
    enum { REASON_MAX = 200 };
    size_t len = 0;
    const char *said = reason_said(j, &len);
    if (said)
        said = without_function(said, &len);
    if (said && len > REASON_MAX) /* it has all of an expression */
        len = REASON_MAX;
    if (!said && !j->xml.what && j->message.len) {
        len = strcspn(j->message.s, "\n");
        err_set(j->err, "the template stops: %.*s", (int)len, j->message.s);
        return;
    }
    if (said && j->xml.what)
        err_set(j->err, "%.*s (%s)", (int)len, said, j->xml.what);
    else if (said)
        err_set(j->err, "%.*s", (int)len, said);
    else
        err_set(j->err, "%s", j->xml.what ? j->xml.what : "the template failed");
    err_todo(j->err, "correct the template");
}

static void set_reason(struct job *j) {
    if (j->refused.what) {
        err_set(j->err, "%s", j->refused.what);
        err_todo(j->err, "%s",
                 j->refused.todo ? j->refused.todo
                                 : "memobook-templates(5) tells what one may do");
    } else if (strstr(j->said.s, "infinite template recursion")) {
        err_set(j->err, "templates call each other more than %d deep", (int)DEPTH_MAX);
        err_todo(j->err, "have them come to an end");
    } else if ((j->ctxt && j->ctxt->opCount >= j->ctxt->opLimit) ||
               strstr(j->said.s, "peration limit exceeded") ||
               (j->xml.what && strstr(j->xml.what, "peration limit exceeded"))) {
        err_set(j->err, "the template takes too many steps");
        err_todo(j->err, "have it look at each thing once; see memobook-templates(5)");
    } else {
        explain(j);
    }
}

/* One error of all that was refused and said. */
static void conclude(struct job *j) {
    char uri[512];
    long line = 0, column = 0;
    const char *file = shown_as(j, "");
    set_reason(j);
    if (place_said(j, uri, sizeof uri, &line)) {
        file = shown_as(j, uri);
    } else if (j->refused.file) {
        file = j->refused.file;
        line = j->refused.line;
    } else if (j->xml.line) {
        file = j->xml.file ? j->xml.file : file;
        line = j->xml.line;
        column = j->xml.column;
    } else if (j->stopped.file && j->message.len) {
        file = j->stopped.file;
        line = j->stopped.line;
    }
    err_at(j->err, file, line, column);
}

/* ---- reading a stylesheet */

static void refuse_doctype(void *ctx, const xmlChar *name, const xmlChar *external,
                           const xmlChar *system) {
    (void)name;
    (void)external;
    (void)system;
    xmlParserCtxt *parser = ctx;
    if (!running->refused.what) {
        err_set(&running->refused, "a template may have no DOCTYPE");
        err_at(&running->refused, NULL, xmlSAX2GetLineNumber(ctx), 0);
    }
    xmlStopParser(parser);
}

static void remember(struct job *j, const char *uri, const char *shown) {
    if (j->n_loaded < INCLUDES_MAX)
        j->loaded[j->n_loaded++] = (struct loaded){mem_strdup(uri), mem_strdup(shown)};
}

static xmlDoc *parse(struct job *j, const struct template_source *s, const char *uri,
                     xmlDict *dict) {
    xmlParserCtxt *ctxt = xmlNewParserCtxt();
    if (!ctxt)
        mem_exhausted();
    if (dict) { /* libxslt compares the names of its stylesheets by address */
        xmlDictFree(ctxt->dict);
        ctxt->dict = dict;
        xmlDictReference(dict);
    }
    ctxt->sax->internalSubset = refuse_doctype;
    remember(j, uri, s->shown.s);
    xmlDoc *doc =
        xmlCtxtReadMemory(ctxt, s->bytes.s, (int)s->bytes.len, uri, NULL,
                          XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_BIG_LINES);
    xmlFreeParserCtxt(ctxt);
    if (!doc || j->refused.what) {
        struct err *e = j->refused.what ? &j->refused : &j->xml;
        if (!e->what)
            err_set(e, "this is not XML");
        err_at(e, s->shown.s, e->line, e->column);
        xmlFreeDoc(doc);
        return NULL;
    }
    return doc;
}

/* An address as the template wrote it, or nearly. */
static const char *as_written(const char *uri, const char *scheme) {
    size_t n = strlen(scheme);
    return strncmp(uri, scheme, n) == 0 ? uri + n : uri;
}

/* The template that an include names, if it may. */
static int find_include(const char *uri, struct template_source *s, struct err *err) {
    bool stock = strncmp(uri, STOCK_URI, strlen(STOCK_URI)) == 0;
    const char *file = as_written(uri, stock ? STOCK_URI : TEMPLATE_URI);
    if (*file == '/' && !strchr(file + 1, '/'))
        file++;
    char *name = xmlURIUnescapeString(file, 0, NULL);
    int ret = template_source_include(name ? name : file, stock, s, err);
    xmlFree(name);
    return ret;
}

/* Libxslt's loader: document() reaches the security check first, and ends there. */
static xmlDoc *load(const xmlChar *uri, xmlDict *dict, int options, void *ctxt,
                    xsltLoadType type) {
    (void)options;
    (void)ctxt;
    struct template_source s;
    xmlDoc *doc = NULL;
    if (type != XSLT_LOAD_STYLESHEET || running->n_loaded >= INCLUDES_MAX)
        return NULL;
    if (find_include((const char *)uri, &s, &running->refused) == 0)
        doc = parse(running, &s, (const char *)uri, dict);
    template_source_release(&s);
    return doc;
}

/* ---- what a template may not do */

static int forbid_read(xsltSecurityPrefs *sec, xsltTransformContext *ctxt,
                       const char *value) {
    (void)sec;
    (void)ctxt;
    if (!running->refused.what)
        err_set(&running->refused, "a template may read nothing but the notes, not “%s”",
                as_written(value, TEMPLATE_URI));
    return 0;
}

static int forbid_write(xsltSecurityPrefs *sec, xsltTransformContext *ctxt,
                        const char *value) {
    (void)sec;
    (void)ctxt;
    if (!running->refused.what)
        err_set(&running->refused, "a template may not write a file: “%s”",
                as_written(value, TEMPLATE_URI));
    return 0;
}

static xsltSecurityPrefs *new_prefs(xsltSecurityCheck read) {
    xsltSecurityPrefs *sec = xsltNewSecurityPrefs();
    if (!sec || xsltSetSecurityPrefs(sec, XSLT_SECPREF_READ_FILE, read) < 0 ||
        xsltSetSecurityPrefs(sec, XSLT_SECPREF_READ_NETWORK, read) < 0 ||
        xsltSetSecurityPrefs(sec, XSLT_SECPREF_WRITE_FILE, forbid_write) < 0 ||
        xsltSetSecurityPrefs(sec, XSLT_SECPREF_CREATE_DIRECTORY, forbid_write) < 0 ||
        xsltSetSecurityPrefs(sec, XSLT_SECPREF_WRITE_NETWORK, forbid_write) < 0)
        mem_exhausted();
    return sec;
}

/* While a stylesheet is compiled: load() decides. */
static int leave_to_load(xsltSecurityPrefs *sec, xsltTransformContext *ctxt,
                         const char *value) {
    return ctxt ? forbid_read(sec, ctxt, value) : 1;
}

/* ---- hooks */

static void set_hooks(struct job *j) {
    j->generic = xsltGenericError;
    j->generic_ctx = xsltGenericErrorContext;
    j->xml_generic = xmlGenericError;
    j->xml_generic_ctx = xmlGenericErrorContext;
    j->structured = xmlStructuredError;
    j->structured_ctx = xmlStructuredErrorContext;
    j->old_prefs = xsltGetDefaultSecurityPrefs();
    j->prefs = new_prefs(leave_to_load);
    running = j;
    xsltSetGenericErrorFunc(j, collect);
    xmlSetGenericErrorFunc(j, collect);
    xmlSetStructuredErrorFunc(j, collect_xml);
    xsltSetDefaultSecurityPrefs(j->prefs);
    xsltSetLoaderFunc(load);
}

static void reset_hooks(struct job *j) {
    xsltSetLoaderFunc(NULL);
    xsltSetDefaultSecurityPrefs(j->old_prefs);
    xmlSetStructuredErrorFunc(j->structured_ctx, j->structured);
    xmlSetGenericErrorFunc(j->xml_generic_ctx, j->xml_generic);
    xsltSetGenericErrorFunc(j->generic_ctx, j->generic);
    xsltFreeSecurityPrefs(j->prefs);
    running = NULL;
}

static void release(struct job *j) {
    for (size_t i = 0; i < j->n_loaded; i++) {
        mem_free(j->loaded[i].uri);
        mem_free(j->loaded[i].shown);
    }
    buf_release(&j->said);
    buf_release(&j->message);
    err_release(&j->stopped);
    err_release(&j->refused);
    err_release(&j->xml);
}

/* ---- running */

static void base_uri(const char *name, struct buf *out) {
    const char *slash = strrchr(name, '/'), *file = slash ? slash + 1 : name;
    xmlChar *escaped = xmlURIEscapeStr((const xmlChar *)file, (const xmlChar *)"");
    buf_addf(out, TEMPLATE_URI "/%s", escaped ? (char *)escaped : "");
    size_t len = strlen(file);
    if (len < 4 || strcmp(file + len - 4, ".xsl") != 0)
        buf_puts(out, ".xsl");
    xmlFree(escaped);
}

static xsltStylesheet *compile(struct job *j) {
    struct template_source s;
    struct buf uri = BUF_INIT;
    xmlDoc *doc = NULL;
    xsltStylesheet *style = NULL;
    if (template_source_open(j->name, &s, j->err) == 0) {
        base_uri(j->name, &uri);
        doc = parse(j, &s, uri.s, NULL);
    }
    if (doc) {
        style = xsltParseStylesheetDoc(doc); /* takes the document, unless it fails */
        if (!style)
            xmlFreeDoc(doc);
    }
    if (style &&
        strstr(j->said.s, "compilation error")) { /* which it would run all the same */
        xsltFreeStylesheet(style);
        style = NULL;
    }
    if (!style && !j->err->what)
        conclude(j);
    buf_release(&uri);
    template_source_release(&s);
    return style;
}

static unsigned long count_nodes(const xmlNode *n) {
    unsigned long count = 0;
    for (; n; n = n->next)
        count += 1 + (n->type == XML_ELEMENT_NODE ? count_nodes(n->children) : 0);
    return count;
}

static void set_limits(xsltTransformContext *ctxt, unsigned long nodes) {
    ctxt->maxTemplateDepth = DEPTH_MAX;
    ctxt->maxTemplateVars = VARS_MAX;
    ctxt->opLimit = at_least.instructions + nodes * per_node.instructions;
    ctxt->xpathCtxt->opLimit = at_least.steps + nodes * per_node.steps;
}

static void too_much(void *ctx, const char *what) {
    xsltTransformContext *ctxt = ctx;
    if (!running->refused.what) {
        err_set(&running->refused, "the template takes too much %s", what);
        err_todo(&running->refused, "have it look at each thing once");
        if (ctxt->inst)
            err_at(&running->refused, shown_of(running, ctxt->inst),
                   xmlGetLineNo(ctxt->inst), 0);
    }
    ctxt->state = XSLT_STATE_STOPPED;
    ctxt->xpathCtxt->opCount = ctxt->xpathCtxt->opLimit;
}

/* What is made has the line of the template that makes it, where that is the one that
 * was asked for. */
static void note_line(xmlNode *n) {
    const xmlNode *inst = running->ctxt ? running->ctxt->inst : NULL;
    if (running->ctxt) /* an instruction may copy all of the document */
        running->ctxt->opCount++;
    if (n->type == XML_ELEMENT_NODE && inst && inst->doc->URL && running->n_loaded &&
        strcmp((const char *)inst->doc->URL, running->loaded[0].uri) == 0)
        n->line = inst->line;
}

static xmlDoc *transform(struct job *j, xsltStylesheet *style, xmlDoc *document) {
    xsltTransformContext *ctxt = xsltNewTransformContext(style, document);
    if (!ctxt)
        mem_exhausted();
    xsltSecurityPrefs *sec = new_prefs(forbid_read);
    unsigned long nodes = count_nodes(document->children);
    j->ctxt = ctxt;
    xsltSetCtxtSecurityPrefs(sec, ctxt);
    set_limits(ctxt, nodes);
    template_cost(style, ctxt, nodes);
    template_memory_limit(at_least.bytes + nodes * per_node.bytes,
                          at_least.ms + nodes / per_node.per_ms, too_much, ctxt);
    xmlRegisterNodeFunc old = xmlRegisterNodeDefault(note_line);
    xmlDoc *result = xsltApplyStylesheetUser(style, document, NULL, NULL, NULL, ctxt);
    xmlRegisterNodeDefault(old);
    template_memory_unlimited();
    if (ctxt->state != XSLT_STATE_OK || j->refused.what) {
        xmlFreeDoc(result);
        result = NULL;
    }
    if (!result)
        conclude(j);
    j->ctxt = NULL;
    xsltFreeTransformContext(ctxt);
    xsltFreeSecurityPrefs(sec);
    return result;
}

xmlDoc *template_run(const char *name, xmlDoc *document, struct err *err) {
    struct job j = {.name = name, .err = err, .said = BUF_INIT, .message = BUF_INIT};
    set_hooks(&j);
    xsltStylesheet *style = compile(&j);
    xmlDoc *result = style ? transform(&j, style, document) : NULL;
    xsltFreeStylesheet(style);
    reset_hooks(&j);
    release(&j);
    return result;
}
