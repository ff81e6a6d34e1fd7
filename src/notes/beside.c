#include "beside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What a line begins with; its fields each follow a tab. */
#define LEAK "leak"
#define TOTAL "leaks\t"

static void put_field(struct buf *out, const char *s) {
    buf_putc(out, '\t');
    for (; *s; s++)
        buf_putc(out, *s == '\t' || *s == '\n' ? ' ' : *s);
}

void beside_write(const struct leaks *l, struct buf *out) {
    for (size_t i = 0; i < l->v.n; i++) {
        buf_puts(out, LEAK);
        put_field(out, l->v.v[i].name);
        put_field(out, l->v.v[i].where);
        put_field(out, l->v.v[i].text);
        put_field(out, l->v.v[i].in_file ? "file" : "page");
        buf_putc(out, '\n');
    }
    if (l->total)
        buf_addf(out, TOTAL "%zu\n", l->total);
}

/* The next field of a line; what is left out is empty. */
static const char *take_field(const char **at, const char *end, struct arena *arena) {
    const char *start = *at;
    const char *tab = memchr(start, '\t', (size_t)(end - start));
    const char *stop = tab ? tab : end;
    *at = tab ? tab + 1 : end;
    return arena_strndup(arena, start, (size_t)(stop - start));
}

bool beside_read(const char *line, size_t len, struct leaks *l) {
    const char *at = line, *end = line + len;
    struct leak leak = {0};
    if (len > strlen(TOTAL) && memcmp(line, TOTAL, strlen(TOTAL)) == 0) {
        l->total = strtoul(line + strlen(TOTAL), NULL, 10);
        return true;
    }
    if (len <= strlen(LEAK) || memcmp(line, LEAK "\t", strlen(LEAK "\t")) != 0)
        return false;
    at += strlen(LEAK "\t");
    leak.name = take_field(&at, end, &l->arena);
    leak.where = take_field(&at, end, &l->arena);
    leak.text = take_field(&at, end, &l->arena);
    leak.in_file = strcmp(take_field(&at, end, &l->arena), "file") == 0;
    vec_push(&l->v, leak);
    return true;
}

bool beside_is_asked(void) {
    char parent[64];
    struct stat a, b;
    snprintf(parent, sizeof parent, "/proc/%ld/exe", (long)getppid());
    return stat(parent, &a) == 0 && stat("/proc/self/exe", &b) == 0 &&
           a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}
