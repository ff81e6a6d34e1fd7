/*
 * A limit on the memory that libxml2 takes while a template runs: a template that
 * doubles a string is short, and would take all there is.
 *
 * Past the limit a large block is refused (NULL, which libxml2 bears where a text grows);
 * small ones are still given, so that the run can end in order, which `exceeded` sees to.
 * One limit at a time.
 */
#ifndef NOTES_TEMPLATE_MEMORY_H
#define NOTES_TEMPLATE_MEMORY_H

#include <stddef.h>

void template_memory_limit(size_t bytes, void (*exceeded)(void *ctx), void *ctx);
void template_memory_unlimited(void);

#endif
