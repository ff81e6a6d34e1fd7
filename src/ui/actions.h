/*
 * What can be done to the issue, the topic or the entry in hand: opens the menu, the line
 * or the editor that a command needs, and records.
 */
#ifndef UI_ACTIONS_H
#define UI_ACTIONS_H

#include "shell.h"

/* False: the command records nothing. With args it is recorded as it stands. */
bool action_command(struct shell *sh, struct focus focus, const struct command *c,
                    const struct command_args *args, const char *key);

#endif
