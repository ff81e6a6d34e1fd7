#include "template_cost.h"

#include <libxml/xpathInternals.h>
#include <libxslt/functions.h>
#include <libxslt/imports.h>
#include <libxslt/transform.h>
#include <stdint.h>
#include <string.h>

/* It goes back over the nodes of the document. */
static void number(xsltTransformContext *ctxt, xmlNode *node, xmlNode *inst,
                   xsltElemPreComp *comp) {
    enum { PER_INSTRUCTION = 8 };
    ctxt->opCount += (uintptr_t)ctxt->_private / PER_INSTRUCTION;
    if (ctxt->opCount < ctxt->opLimit)
        xsltNumber(ctxt, node, inst, comp);
}

static void charge_numbers(xsltStylesheet *style) {
    for (; style; style = xsltNextImport(style))
        for (xsltElemPreComp *c = style->preComps; c; c = c->next)
            if (c->type == XSLT_FUNC_NUMBER)
                c->func = number;
}

/* Of a string so far back on the stack; libxml2 leaves none where memory was refused. */
static size_t length(const xmlXPathParserContext *ctxt, int back) {
    const xmlXPathObject *o =
        back <= ctxt->valueNr ? ctxt->valueTab[ctxt->valueNr - back] : NULL;
    bool is_string = o && o->type == XPATH_STRING && o->stringval;
    return is_string ? strlen((const char *)o->stringval) : 0;
}

/* False, and the error, when that many steps are too many. */
static bool charge(xmlXPathParserContext *ctxt, unsigned long steps) {
    unsigned long limit = ctxt->context->opLimit;
    if (ctxt->context->opCount <= limit && steps < limit - ctxt->context->opCount) {
        ctxt->context->opCount += steps;
        return true;
    }
    ctxt->context->opCount = limit;
    xmlXPathErr(ctxt, XPATH_OP_LIMIT_EXCEEDED);
    return false;
}

/* A function of strings takes steps as it takes time: `times` is for those that look
 * for each character of one in another. */
static void call(xmlXPathFunction function, bool times, xmlXPathParserContext *ctxt,
                 int nargs) {
    enum { PER_STEP = 32 };
    unsigned long steps = 0;
    for (int i = 1; i <= nargs; i++)
        steps += length(ctxt, i) / PER_STEP;
    if (times && nargs >= 2)
        steps += length(ctxt, nargs) / PER_STEP * length(ctxt, nargs - 1);
    if (!charge(ctxt, steps))
        return;
    function(ctxt, nargs);
    charge(ctxt, length(ctxt, 1) / PER_STEP);
}

/* X(name in C, in XPath, of libxml2's function, whether it multiplies) */
#define STRING_FUNCTIONS(X)                                                              \
    X(concat, "concat", Concat, false)                                                   \
    X(contains, "contains", Contains, true)                                              \
    X(normalize, "normalize-space", Normalize, false)                                    \
    X(starts_with, "starts-with", StartsWith, false)                                     \
    X(string, "string", String, false)                                                   \
    X(string_length, "string-length", StringLength, false)                               \
    X(substring, "substring", Substring, false)                                          \
    X(substring_after, "substring-after", SubstringAfter, true)                          \
    X(substring_before, "substring-before", SubstringBefore, true)                       \
    X(translate, "translate", Translate, true)

#define X(sym, name, of, times)                                                          \
    static void charged_##sym(xmlXPathParserContext *ctxt, int nargs) {                  \
        call(xmlXPath##of##Function, times, ctxt, nargs);                                \
    }
STRING_FUNCTIONS(X)
#undef X

static const struct {
    const char *name;
    xmlXPathFunction function;
} charged[] = {
#define X(sym, name, of, times) {name, charged_##sym},
    STRING_FUNCTIONS(X)
#undef X
};

/* Those of no namespace come first; any other is libxslt's to find. */
static xmlXPathFunction find(void *ctx, const xmlChar *name, const xmlChar *ns) {
    for (size_t i = 0; !ns && i < sizeof charged / sizeof *charged; i++)
        if (strcmp(charged[i].name, (const char *)name) == 0)
            return charged[i].function;
    return xsltXPathFunctionLookup(ctx, name, ns);
}

void template_cost(xsltStylesheet *style, xsltTransformContext *ctxt,
                   unsigned long nodes) {
    ctxt->_private = (void *)(uintptr_t)nodes;
    charge_numbers(style);
    xmlXPathRegisterFuncLookup(ctxt->xpathCtxt, find, ctxt->xpathCtxt);
}
