/*
 * What agreement.c and readback.c do for workbook_apply(), and for it alone.
 */
#ifndef MODEL_AGREEMENT_PRIVATE_H
#define MODEL_AGREEMENT_PRIVATE_H

#include "workbook.h"

/* Whether an event about an agreement may be applied. 0, or -1 with *err. */
int agreement_check(const struct workbook *w, const struct event *e, struct err *err);
void agreement_forget(struct issue_record *r);
/* The log index of what last changed the outcome, a confirmation too; 0 where nothing
 * did. */
uint32_t agreement_disposed(const struct issue_record *r);
void agreement_dispose(struct workbook *w, uint32_t log_index);
void agreement_apply(struct workbook *w, uint32_t log_index);
/* Counts the brackets of the issue's answers that stand, where `answer` is the last of
 * its entries; NONE: where any of them may have changed. */
void agreement_count_brackets(struct workbook *w, uint32_t issue, uint32_t answer);

/* Whether an event may be a side's word on the read-back that log index `target` starts.
 * 0, or -1 with *err. */
int readback_check_assent(const struct workbook *w, const struct event *e,
                          uint32_t target, struct err *err);
/* Which read-back the event is about; a new one for one that starts. */
void readback_resolve(struct workbook *w, uint32_t log_index);
void readback_apply(struct workbook *w, uint32_t log_index);
void readback_replay(struct workbook *w, uint32_t readback);

#endif
