#include "notes.h"

#include "document.h"
#include "format.h"
#include "leak.h"
#include "sample.h"
#include "template.h"
#include "template_folder.h"
#include "xhtml_write.h"

#include "store/file.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

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
                                .width = FORMAT_WIDTH,
                                .paper = paper_default(),
                                .sitting = NONE};
}

/* Says which file it was that made what is wrong. */
static void blame(const char *name, struct err *err) {
    struct template_source s;
    struct err ignored = ERR_INIT;
    if (template_source_open(name, &s, &ignored) == 0)
        err_at(err, s.shown.s, err->line, err->column);
    template_source_release(&s);
    err_release(&ignored);
}

/* The page of a notes document, which it frees. */
static struct xhtml *apply_to(xmlDoc *document, const struct notes_options *o,
                              struct err *err) {
    xmlDoc *result = template_run(o->template_name, document, err);
    xmlFreeDoc(document); /* as large as the page that is made of the result */
    struct xhtml *x = result ? xhtml_read(result, err) : NULL;
    if (result && !x)
        blame(o->template_name, err);
    xmlFreeDoc(result);
    return x;
}

static struct xhtml *apply_template(const struct workbook *w,
                                    const struct notes_options *o, struct err *err) {
    unsigned needs = template_needs(o->template_name);
    return apply_to(notes_document(w, o, needs), o, err);
}

/* ---- what whoever hands them round should know */

/* Whether the page has what these sides said as theirs. */
static bool page_tells(const struct workbook *w, const struct notes_options *o,
                       const struct buf *page, const struct lone_side *v, size_t n) {
    struct err ignored = ERR_INIT;
    struct buf less = BUF_INIT;
    unsigned needs = template_needs(o->template_name);
    struct xhtml *x = apply_to(notes_document_veiled(w, o, needs, v, n), o, &ignored);
    if (x)
        xhtml_write(x, &less);
    bool same = x && less.len == page->len && memcmp(less.s, page->s, less.len) == 0;
    buf_release(&less);
    xhtml_free(x);
    err_release(&ignored);
    return !same;
}

/* Keeps the sides that the page tells; where there are many, or the workbook is large,
 * all or none: each side asked about is a page more to make. */
static void keep_told(const struct workbook *w, const struct notes_options *o,
                      const struct xhtml *x, lone_vec *v) {
    enum { APART_MAX = 4, APART_EVENTS = 5000 };
    struct buf page = BUF_INIT;
    size_t kept = 0;
    xhtml_write(x, &page);
    if (!page_tells(w, o, &page, v->v, v->n))
        v->n = 0;
    bool apart = v->n > 1 && v->n <= APART_MAX && w->log.n <= APART_EVENTS;
    for (size_t i = 0; i < v->n; i++)
        if (!apart || page_tells(w, o, &page, &v->v[i], 1))
            v->v[kept++] = v->v[i];
    v->n = kept;
    buf_release(&page);
}

static void add_warnings(const struct workbook *w, const struct notes_options *o,
                         const struct xhtml *x, struct buf *out) {
    lone_vec lone = {0};
    notes_lone_sides(w, o, &lone);
    if (lone.n)
        keep_told(w, o, x, &lone);
    notes_document_warnings(w, o, &lone, out);
    if (x->left_out)
        buf_addf(out, "%s\n", x->left_out);
    vec_release(&lone);
}

/* ---- */

static int check_sitting(const struct workbook *w, const struct notes_options *o,
                         struct err *err) {
    size_t n = w->room.sittings.n;
    if (o->sitting == NONE || o->sitting < n)
        return 0;
    if (n == 0)
        err_set(err, "there was no sitting");
    else
        err_set(err, "there is no sitting %u: there %s %zu", (unsigned)o->sitting + 1,
                n == 1 ? "was" : "were", n);
    return err_todo(err, "notes of all of it are made without --sitting");
}

/* Whether they may be handed round all the same. */
static int settle(const struct notes_options *o, const struct leaks *leaks,
                  struct err *err) {
    return leaks->total && !o->allow_names ? leaks_refuse(leaks, err) : 0;
}

/* What the file has that the page has not. */
static int check_file(const struct notes_options *o, const struct format_options *f,
                      struct leak_check *c, const struct buf *document,
                      struct leaks *leaks, struct err *err) {
    struct buf lines = BUF_INIT;
    if (o->attribution == ATTRIBUTION_NAME)
        return 0;
    int ret = format_read(o->format, f, document, &lines, err);
    if (ret == 0) {
        leak_check_lines(c, &lines, leaks);
        ret = settle(o, leaks, err);
    }
    buf_release(&lines);
    return ret;
}

/* The finished document of a page that may be handed round, as may the document. */
static int write_checked(const struct workbook *w, const struct notes_options *o,
                         const struct xhtml *x, format_writer write, struct leaks *leaks,
                         struct buf *out, struct err *err) {
    struct format_options f = {.width = o->width ? o->width : FORMAT_WIDTH,
                               .paper = o->paper,
                               .now = o->now,
                               .warnings = o->warnings,
                               .reference = o->reference};
    struct buf document = BUF_INIT;
    struct leak_check *c = leak_check_open(w, o->attribution);
    leak_check_page(c, x, leaks);
    int ret = settle(o, leaks, err);
    if (ret == 0)
        ret = write(x, &f, &document, err);
    if (ret == 0)
        ret = check_file(o, &f, c, &document, leaks, err);
    if (ret == 0 && out->len == 0) {
        buf_release(out);
        *out = document;
        document = (struct buf)BUF_INIT;
    }
    if (ret == 0)
        buf_add(out, document.s, document.len);
    buf_release(&document);
    leak_check_close(c);
    return ret;
}

int notes_render(const struct workbook *w, const struct notes_options *o, struct buf *out,
                 struct err *err) {
    struct leaks leaks = {0};
    if (check_sitting(w, o, err) < 0)
        return -1;
    format_writer write = format_find(o->format, err);
    struct xhtml *x = write ? apply_template(w, o, err) : NULL;
    int ret = x ? write_checked(w, o, x, write, &leaks, out, err) : -1;
    if (ret == 0 && o->warnings)
        add_warnings(w, o, x, o->warnings);
    if (o->leaks)
        *o->leaks = leaks;
    else
        leaks_release(&leaks);
    xhtml_free(x);
    return ret;
}

/* As whole and of a sitting, for everybody and for the facilitator. */
static int try_template(const char *name, const struct workbook *w, struct err *err) {
    int ret = 0;
    for (int i = ATTRIBUTION_NAME; i <= ATTRIBUTION_NONE && ret == 0; i++) {
        struct notes_options o;
        notes_options_init(&o, w, w->room.last_at);
        o.template_name = name;
        o.attribution = (enum attribution)i;
        o.private = i == ATTRIBUTION_NAME;
        o.sitting = i == ATTRIBUTION_SIDE && w->room.sittings.n ? 0 : NONE;
        struct xhtml *x = apply_template(w, &o, err);
        ret = x ? 0 : -1;
        xhtml_free(x);
    }
    return ret;
}

int notes_check_template(const char *name, const struct workbook *w, struct err *err) {
    struct sample sample;
    if (sample_open(&sample, err) < 0)
        return -1;
    struct workbook *empty = workbook_new(sample.memo);
    int ret = try_template(name, empty, err);
    if (ret == 0)
        ret = try_template(name, sample.w, err);
    if (ret == 0 && w)
        ret = try_template(name, w, err);
    workbook_free(empty);
    sample_close(&sample);
    return ret;
}

static int check_place(const char *path, const char *source, struct err *err) {
    struct stat at, from;
    if (stat(path, &at) < 0)
        return 0;
    bool same =
        stat(source, &from) == 0 && at.st_dev == from.st_dev && at.st_ino == from.st_ino;
    if (!same && S_ISREG(at.st_mode))
        return 0;
    err_set(err, same ? "the notes are made of this file: it is not replaced"
                      : "this is no ordinary file: it is not replaced");
    err_at(err, path, 0, 0);
    return err_todo(err, "give another name");
}

int notes_save(const char *path, const char *source, const struct buf *document,
               bool replace, struct err *err) {
    if (check_place(path, source, err) < 0)
        return -1;
    return replace ? file_replace(path, document->s, document->len, err)
                   : file_create(path, 0600, document->s, document->len, err);
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
