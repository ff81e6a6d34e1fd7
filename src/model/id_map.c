#include "id_map.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

struct slot {
    const char *id;
    uint32_t hash, index;
};

struct id_map {
    struct slot *slots;
    uint32_t n, mask; /* mask + 1 slots, at most half of them used */
};

/* FNV-1a. */
static uint32_t hash_of(const char *id) {
    uint32_t h = 2166136261u;
    for (; *id; id++)
        h = (h ^ (unsigned char)*id) * 16777619u;
    return h;
}

struct id_map *id_map_new(void) {
    struct id_map *m = mem_zalloc(sizeof *m);
    m->mask = 63;
    m->slots = mem_zalloc((m->mask + 1) * sizeof *m->slots);
    return m;
}

void id_map_free(struct id_map *m) {
    if (!m)
        return;
    mem_free(m->slots);
    mem_free(m);
}

static struct slot *find(const struct id_map *m, const char *id, uint32_t hash) {
    uint32_t i = hash & m->mask;
    while (m->slots[i].id &&
           (m->slots[i].hash != hash || strcmp(m->slots[i].id, id) != 0))
        i = (i + 1) & m->mask;
    return &m->slots[i];
}

uint32_t id_map_get(const struct id_map *m, const char *id) {
    const struct slot *s = find(m, id, hash_of(id));
    return s->id ? s->index : UINT32_MAX;
}

static void grow(struct id_map *m) {
    struct slot *old = m->slots;
    uint32_t count = m->mask + 1;
    m->mask = count * 2 - 1;
    m->slots = mem_zalloc((size_t)count * 2 * sizeof *m->slots);
    for (uint32_t i = 0; i < count; i++)
        if (old[i].id)
            *find(m, old[i].id, old[i].hash) = old[i];
    mem_free(old);
}

void id_map_add(struct id_map *m, const char *id, uint32_t index) {
    if (m->n * 2 > m->mask)
        grow(m);
    uint32_t hash = hash_of(id);
    struct slot *s = find(m, id, hash);
    m->n += s->id == NULL;
    *s = (struct slot){id, hash, index};
}
