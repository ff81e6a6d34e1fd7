/*
 * A workbook compiled in, sample.workbook.xml, that has one of everything a template may
 * meet: what templates are tried on.
 */
#ifndef NOTES_SAMPLE_H
#define NOTES_SAMPLE_H

#include "model/workbook.h"

struct sample {
    struct memo *memo;
    struct workbook *w;
};

/* 0, or -1 with *err; sample_close() when done. */
int sample_open(struct sample *s, struct err *err);
void sample_close(struct sample *s);

#endif
