#include "pdf_update.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct trailer {
    long size, root, info, xref; /* 0: not found */
};

/* A dictionary in the file, between its brackets. */
struct dict {
    const char *s;
    size_t len;
};

/* The last occurrence, or NULL. */
static const char *find_last(const struct buf *b, const char *word) {
    size_t len = strlen(word);
    for (size_t i = b->len >= len ? b->len - len + 1 : 0; i-- > 0;)
        if (memcmp(b->s + i, word, len) == 0)
            return b->s + i;
    return NULL;
}

static long number_after(const char *s, const char *key) {
    const char *at = strstr(s, key);
    return at ? strtol(at + strlen(key), NULL, 10) : 0;
}

static struct trailer read_trailer(const struct buf *b) {
    const char *s = find_last(b, "trailer");
    struct trailer t = {0};
    if (!s)
        return t;
    t.size = number_after(s, "/Size ");
    t.root = number_after(s, "/Root ");
    t.info = number_after(s, "/Info ");
    t.xref = number_after(s, "startxref\n");
    return t;
}

/* Cairo writes these near the end. */
static bool find_object(const struct buf *b, long number, struct dict *d) {
    char head[48];
    snprintf(head, sizeof head, "\n%ld 0 obj\n<<", number);
    const char *s = number > 0 ? find_last(b, head) : NULL;
    const char *end = s ? strstr(s, "\n>>\nendobj") : NULL;
    if (!end)
        return false;
    d->s = s + strlen(head);
    d->len = (size_t)(end - d->s);
    return true;
}

static const char *find_key(const struct dict *d, const char *key) {
    return memmem(d->s, d->len, key, strlen(key));
}

/* As BCP 47 has it, by its letters. */
static bool is_language(const char *s) {
    static const char letters[] =
        "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    size_t len = strspn(s, letters);
    return len >= 2 && len <= 35 && s[len] == '\0';
}

static uint64_t digest(const struct buf *b, uint64_t h) {
    for (size_t i = 0; i < b->len; i++)
        h = (h ^ (unsigned char)b->s[i]) * 0x100000001B3U;
    return h;
}

static void add_catalog(struct buf *out, const struct dict *d, const char *lang) {
    buf_add(out, d->s, d->len);
    if (is_language(lang))
        buf_addf(out, "\n   /Lang (%s)", lang);
    buf_puts(out, "\n   /ViewerPreferences << /DisplayDocTitle true >>");
    if (!find_key(d, "/MarkInfo"))
        buf_puts(out, "\n   /MarkInfo << /Marked true >>");
    if (find_key(d, "/Outlines") && !find_key(d, "/PageMode"))
        buf_puts(out, "\n   /PageMode /UseOutlines");
}

/* Cairo's date lacks its prefix. A parenthesis in a text has a backslash before it, so
 * that no title is taken for the date. */
static void add_info(struct buf *out, const struct dict *d) {
    static const char key[] = "/CreationDate (";
    const char *at = find_key(d, key);
    size_t len = at ? (size_t)(at - d->s) + strlen(key) : 0;
    buf_add(out, d->s, len);
    if (at && d->s[len] != 'D')
        buf_puts(out, "D:");
    buf_add(out, d->s + len, d->len - len);
}

/* Begins an object; returns where it will be in the file. */
static size_t begin_object(struct buf *out, size_t base, long number) {
    size_t at = base + out->len;
    buf_addf(out, "%ld 0 obj\n<<", number);
    return at;
}

static void end_object(struct buf *out) {
    buf_puts(out, "\n>>\nendobj\n");
}

static void add_trailer(struct buf *out, const struct buf *pdf, const struct trailer *t) {
    unsigned long long high = digest(pdf, 0xCBF29CE484222325U), low = digest(pdf, high);
    buf_addf(out, "trailer\n<< /Size %ld\n   /Root %ld 0 R\n   /Info %ld 0 R\n", t->size,
             t->root, t->info);
    buf_addf(out, "   /Prev %ld\n   /ID [<%016llx%016llx> <%016llx%016llx>]\n>>\n",
             t->xref, high, low, high, low);
}

int update_catalog(struct buf *pdf, const char *lang, struct err *err) {
    struct trailer t = read_trailer(pdf);
    struct dict catalog, info;
    if (t.size <= 0 || t.xref <= 0 || !find_object(pdf, t.root, &catalog) ||
        !find_key(&catalog, "/Type /Catalog") || !find_object(pdf, t.info, &info))
        return err_set(err, "Cairo made a PDF of a form that is not known");
    struct buf more = BUF_INIT;
    size_t info_at = begin_object(&more, pdf->len, t.info);
    add_info(&more, &info);
    end_object(&more);
    size_t root_at = begin_object(&more, pdf->len, t.root);
    add_catalog(&more, &catalog, lang);
    end_object(&more);
    size_t xref = pdf->len + more.len;
    buf_addf(&more, "xref\n%ld 1\n%010zu 00000 n \n%ld 1\n%010zu 00000 n \n", t.info,
             info_at, t.root, root_at);
    add_trailer(&more, pdf, &t);
    buf_addf(&more, "startxref\n%zu\n%%%%EOF\n", xref);
    buf_add(pdf, more.s, more.len);
    buf_release(&more);
    return 0;
}
