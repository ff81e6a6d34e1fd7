/*
 * The steady clock, for how long something takes: no setting of the clock moves it, and
 * it stands still while the computer sleeps (CLOCK_MONOTONIC of POSIX). The time of day
 * is session_now() and shell_now().
 */
#ifndef BASE_STEADY_H
#define BASE_STEADY_H

#include <stdint.h>

/* Ms, since no particular moment. */
int64_t steady_ms(void);

#endif
