/*
 * A limit on the memory, and on the time of the processor, that libxml2 takes while a
 * template runs: a template that doubles a string is short, and would take all there is.
 *
 * Past the limit a large block is refused (NULL, which libxml2 bears where a text grows);
 * small ones are still given, so that the run can end in order, which `exceeded` sees to.
 * The time is looked at where memory is asked for, which is nearly always. One limit at a
 * time.
 */
#ifndef NOTES_TEMPLATE_MEMORY_H
#define NOTES_TEMPLATE_MEMORY_H

#include <stddef.h>

/* Tells `exceeded` what there is too much of: "memory" or "time". */
void template_memory_limit(size_t bytes, unsigned long ms,
                           void (*exceeded)(void *ctx, const char *what), void *ctx);
void template_memory_unlimited(void);

#endif
