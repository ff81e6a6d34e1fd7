/*
 * What actions.c, agreement_actions.c and editor.c share.
 */
#ifndef UI_ACTIONS_PRIVATE_H
#define UI_ACTIONS_PRIVATE_H

#include "actions.h"
#include "line.h"
#include "menu.h"

struct command_args action_args(struct focus f);
/* To be freed with mem_free(). */
struct focus *action_copy_focus(struct focus f);
/* The i-th of the sides that stand, or NULL. */
const struct side *action_side(const struct workbook *w, size_t i);
/* Candidates of line.h for the @name, and for the issue, that ends the line. */
size_t action_complete_name(struct shell *sh, void *ctx, const char *line,
                            struct buf *out);
size_t action_complete_issue(struct shell *sh, void *ctx, const char *line,
                             struct buf *out);

/* The outcome that the menu gave: recorded, or asked on where it needs more. */
void agreement_dispose_chosen(struct shell *sh, struct focus f, enum disposition d);
/* A command about how far something is agreed, given by its key. False: none of them. */
bool agreement_action(struct shell *sh, struct focus f, enum command_id id);

#endif
