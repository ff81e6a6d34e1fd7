#include "anchors.h"

#include <ctype.h>
#include <libxml/hash.h>
#include <stdlib.h>
#include <string.h>

enum { STEM_MAX = 24 };

struct anchor {
    bool placed;
    char name[STEM_MAX + 16];
};

struct anchors {
    xmlHashTable *table; /* id -> struct anchor */
    unsigned n;
    struct arena arena;
};

/* "A.a" -> "A_a_7": the number makes it the only one. */
static void make_name(struct anchors *a, struct anchor *to, const char *id) {
    char stem[STEM_MAX + 1];
    size_t n = 0;
    if (!isalpha((unsigned char)*id))
        stem[n++] = 'n';
    for (; *id && n < STEM_MAX; id++)
        stem[n++] = isalnum((unsigned char)*id) ? *id : '_';
    stem[n] = '\0';
    snprintf(to->name, sizeof to->name, "%s_%u", stem, ++a->n);
}

static void collect(struct anchors *a, const struct xnode *n) {
    if (n->element == XHTML_TEXT)
        return;
    const xmlChar *id = (const xmlChar *)n->attrs->id;
    if (*id && !xmlHashLookup(a->table, id)) {
        struct anchor *to = arena_zalloc(&a->arena, sizeof *to);
        make_name(a, to, n->attrs->id);
        xmlHashAddEntry(a->table, id, to);
    }
    for (const struct xnode *k = n->child; k; k = k->next)
        collect(a, k);
}

struct anchors *anchors_new(const struct xhtml *x) {
    struct anchors *a = mem_zalloc(sizeof *a);
    a->table = xmlHashCreate(64);
    if (!a->table)
        mem_exhausted();
    collect(a, x->body);
    return a;
}

const char *anchors_name(const struct anchors *a, const char *id) {
    const struct anchor *to = xmlHashLookup(a->table, (const xmlChar *)id);
    return to ? to->name : NULL;
}

const char *anchors_place(struct anchors *a, const char *id) {
    struct anchor *to = *id ? xmlHashLookup(a->table, (const xmlChar *)id) : NULL;
    if (!to || to->placed)
        return NULL;
    to->placed = true;
    return to->name;
}

void anchors_free(struct anchors *a) {
    xmlHashFree(a->table, NULL);
    arena_release(&a->arena);
    mem_free(a);
}
