/*
 * What `memobook show` tells of how far an issue is agreed: for people, and as members of
 * the issue's JSON object. Private positions and temperatures are told: it is the
 * facilitator's own tool.
 */
#ifndef CLI_SHOW_AGREEMENT_H
#define CLI_SHOW_AGREEMENT_H

#include "base/json.h"
#include "model/workbook.h"

/* Lines appended, each with a line break; text from the file made visible. */
void show_agreement(const struct workbook *w, uint32_t issue, struct buf *out);
void show_agreement_json(struct json *j, const struct workbook *w, uint32_t issue);
/* ", against, private" of a position, ", done" of an action; not made visible. */
void show_entry_state(const struct workbook *w, const struct entry *e, struct buf *out);

#endif
