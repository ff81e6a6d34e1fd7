/*
 * Event id -> log index: a hash table that only grows. The ids are borrowed and must
 * outlive it.
 */
#ifndef MODEL_ID_MAP_H
#define MODEL_ID_MAP_H

#include <stdint.h>

struct id_map;

struct id_map *id_map_new(void);
void id_map_free(struct id_map *m);
/* UINT32_MAX where there is none. */
uint32_t id_map_get(const struct id_map *m, const char *id);
/* Takes the place of what the id stood for, if it is in it already. */
void id_map_add(struct id_map *m, const char *id, uint32_t index);

#endif
