#include "pdf_update.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct trailer {
    long size, root, info, xref; /* 0: not found */
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

/* The catalog's dictionary, without its brackets. Cairo writes it near the end. */
static bool find_catalog(const struct buf *b, const struct trailer *t, const char **dict,
                         size_t *len) {
    char head[64];
    snprintf(head, sizeof head, "\n%ld 0 obj\n<< /Type /Catalog", t->root);
    const char *s = find_last(b, head);
    const char *end = s ? strstr(s, "\n>>\nendobj") : NULL;
    if (!end)
        return false;
    *dict = strstr(s, "<<") + 2;
    *len = (size_t)(end - *dict);
    return true;
}

/* As BCP 47 has it, by its letters. */
static bool is_language(const char *s) {
    size_t len =
        strspn(s, "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    return len >= 2 && len <= 35 && s[len] == '\0';
}

static uint64_t digest(const struct buf *b, uint64_t h) {
    for (size_t i = 0; i < b->len; i++)
        h = (h ^ (unsigned char)b->s[i]) * 0x100000001B3U;
    return h;
}

static bool has_key(const char *dict, size_t len, const char *key) {
    return memmem(dict, len, key, strlen(key)) != NULL;
}

static void add_catalog(struct buf *out, const char *dict, size_t len, const char *lang) {
    buf_puts(out, "<<");
    buf_add(out, dict, len);
    if (is_language(lang))
        buf_addf(out, "\n   /Lang (%s)", lang);
    buf_puts(out, "\n   /ViewerPreferences << /DisplayDocTitle true >>");
    if (!has_key(dict, len, "/MarkInfo"))
        buf_puts(out, "\n   /MarkInfo << /Marked true >>");
    if (has_key(dict, len, "/Outlines") && !has_key(dict, len, "/PageMode"))
        buf_puts(out, "\n   /PageMode /UseOutlines");
    buf_puts(out, "\n>>\nendobj\n");
}

int update_catalog(struct buf *pdf, const char *lang, struct err *err) {
    struct trailer t = read_trailer(pdf);
    const char *dict;
    size_t len;
    if (t.size <= 0 || t.root <= 0 || t.xref <= 0 || !find_catalog(pdf, &t, &dict, &len))
        return err_set(err, "Cairo made a PDF of a form that is not known");
    struct buf more = BUF_INIT;
    buf_addf(&more, "%ld 0 obj\n", t.root);
    add_catalog(&more, dict, len, lang);
    unsigned long long high = digest(pdf, 0xCBF29CE484222325U), low = digest(pdf, high);
    size_t xref = pdf->len + more.len;
    buf_addf(&more,
             "xref\n%ld 1\n%010zu 00000 n \ntrailer\n<< /Size %ld\n   /Root %ld 0 R\n",
             t.root, pdf->len, t.size, t.root);
    if (t.info > 0)
        buf_addf(&more, "   /Info %ld 0 R\n", t.info);
    buf_addf(&more, "   /Prev %ld\n   /ID [<%016llx%016llx> <%016llx%016llx>]\n", t.xref,
             high, low, high, low);
    buf_addf(&more, ">>\nstartxref\n%zu\n%%%%EOF\n", xref);
    buf_add(pdf, more.s, more.len);
    buf_release(&more);
    return 0;
}
