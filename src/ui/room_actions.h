/*
 * What can be done to the people and the floor: opens the line or the menu that a
 * command needs, and records.
 */
#ifndef UI_ROOM_ACTIONS_H
#define UI_ROOM_ACTIONS_H

#include "shell.h"

/* `person`: who is in hand, or NONE. With args it is recorded as it stands. False: no
 * command of the room. */
bool room_action(struct shell *sh, uint32_t person, const struct command *c,
                 const struct command_args *args);

#endif
