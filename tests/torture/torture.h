/*
 * What the torture tests share: a scratch folder, the real program run with a plan for
 * interpose.c, and a reader of workbooks that knows nothing of memobook's own.
 *
 *     TEST [quick|full]     exit 0, 1 (the scratch folder is kept), or 77 (skipped)
 *
 * Environment: MEMOBOOK the program, TORTURE_INTERPOSE the shared library, top_srcdir,
 * TORTURE_DIR where scratch folders are made, TORTURE_SEED for random numbers.
 */
#ifndef TORTURE_H
#define TORTURE_H

#include "base/buf.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

extern bool torture_full;
extern char torture_scratch[4096]; /* the current folder, too */

/* Makes the scratch folder and goes there. */
void torture_begin(const char *name, int argc, char **argv);
/* Removes the scratch folder. Returns 0. */
int torture_end(void);
/* What is being tried, for torture_fail(). */
void torture_try(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
_Noreturn void torture_fail(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
_Noreturn void torture_skip(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* One line for each group of cases. */
void torture_say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

uint64_t torture_seed(void);
uint32_t torture_random(uint32_t below);
void torture_set_seed(uint64_t seed);

/* ---- files */

void torture_write(const char *path, const char *s, size_t len);
void torture_copy(const char *from, const char *to);
struct buf torture_read(const char *path);
/* Removes all but the directories from the scratch folder whose name starts so. */
void torture_remove(const char *start);
/* The name of the i-th file of the scratch folder whose name starts and goes on so, or
 * NULL; the caller frees. */
char *torture_find(const char *start, const char *has, unsigned i);
void torture_shell(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* ---- the program */

struct plan {
    const char *path; /* followed; in the scratch folder unless absolute */
    const char *on, *calls, *what, *journal;
    unsigned at;
    const char *times; /* "0" for ever; NULL once */
};

struct ran {
    pid_t pid;
    int in, out;      /* pipes while it runs */
    int status;       /* as of waitpid() */
    unsigned saved;   /* lines `saved N` */
    unsigned last;    /* the last N */
    struct buf said;  /* on stdout */
    struct buf wrong; /* on stderr */
};

/* Another program from now on; NULL: $MEMOBOOK again. */
void torture_run_instead(const char *path);
/* Starts it; arguments end with NULL. Its standard input is the file, or a pipe. */
void ran_start(struct ran *r, const struct plan *p, const char *input,
               const char *const *args);
/* Sends a line and reads until it answers; false when it ended. */
bool ran_do(struct ran *r, const char *line);
/* Reads all that it says and waits for its end. */
void ran_finish(struct ran *r);
void ran_release(struct ran *r);
/* From start to end. */
void ran(struct ran *r, const struct plan *p, const char *input, const char *const *args);
bool ran_killed(const struct ran *r);
/* Ended with that status. */
bool ran_ended(const struct ran *r, int status);
/* A run without a plan that has to end with 0. */
void ran_well(const char *input, const char *const *args);

/* ---- what interpose.c wrote down */

struct call {
    char name[32], where[256];
    long long at;
    size_t len;
    long result;
    const char *bytes; /* written, `result` of them */
};
/* Reads the call at *pos, and steps over it; false after the last. */
bool journal_next(const struct buf *journal, size_t *pos, struct call *c);
/* Appends a mark of the test's own: a call of that name. */
void journal_mark(const char *path, const char *name, unsigned number);

/* ---- workbooks, read with libxml2's tree and nothing of src/store */

struct book {
    bool well_formed; /* a workbook, and no NUL in it */
    unsigned bad_seals;
    VEC(char *) events; /* "note n=3 issue=A.a kind=comment: text" */
};
void book_read(struct book *b, const char *path);
void book_release(struct book *b);
/* The events of b are the first of `all`. Fails otherwise. */
void book_expect_start(const struct book *b, const struct book *all);

/* Makes w.xml of the memo of the fixtures, and a script of `count` commands. */
void torture_make(const char *path);
void torture_script(const char *path, unsigned count);

#endif
