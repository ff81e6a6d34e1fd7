#include "notes.h"

#include "document.h"
#include "format.h"
#include "template.h"
#include "template_folder.h"

#include <stdlib.h>

/* The list of templates, read when first asked for. */
static struct {
    struct arena strings;
    struct notes_choice *v;
} listed;

void notes_options_init(struct notes_options *o, const struct workbook *w, int64_t now) {
    static const enum attribution of_rule[] = {
        [RULE_ATTRIBUTABLE] = ATTRIBUTION_NAME,
        [RULE_SIDE_ONLY] = ATTRIBUTION_SIDE,
        [RULE_CHATHAM_HOUSE] = ATTRIBUTION_NONE,
    };
    *o = (struct notes_options){.template_name = "session-notes",
                                .format = "text",
                                .attribution = of_rule[w->memo->rule],
                                .now = now,
                                .width = FORMAT_WIDTH};
}

/* Says which file it was that made what is wrong. */
static void blame(const char *name, struct err *err) {
    struct template_source s;
    struct err ignored = ERR_INIT;
    if (template_source_open(name, &s, &ignored) == 0)
        err_at(err, s.shown.s, 0, 0);
    template_source_release(&s);
    err_release(&ignored);
}

static struct xhtml *apply_template(const struct workbook *w,
                                    const struct notes_options *o, struct err *err) {
    xmlDoc *document = notes_document(w, o);
    xmlDoc *result = template_run(o->template_name, document, err);
    struct xhtml *x = result ? xhtml_read(result, err) : NULL;
    if (result && !x)
        blame(o->template_name, err);
    xmlFreeDoc(result);
    xmlFreeDoc(document);
    return x;
}

int notes_render(const struct workbook *w, const struct notes_options *o, struct buf *out,
                 struct err *err) {
    format_writer write = format_find(o->format, err);
    struct xhtml *x = write ? apply_template(w, o, err) : NULL;
    struct format_options f = {.width = o->width ? o->width : FORMAT_WIDTH,
                               .paper = o->paper,
                               .now = o->now,
                               .warnings = o->warnings,
                               .reference = o->reference};
    int ret = x ? write(x, &f, out, err) : -1;
    xhtml_free(x);
    return ret;
}

const struct notes_choice *notes_templates(void) {
    if (!listed.v)
        listed.v = template_list(&listed.strings);
    return listed.v;
}

void notes_release(void) {
    mem_free(listed.v);
    listed.v = NULL;
    arena_release(&listed.strings);
    listed.strings = (struct arena){0};
}
