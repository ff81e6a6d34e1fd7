#include "model/agreement.h"
#include "screens.h"

/* What holds about an issue holds about what of it was asked. */
static bool needs_issue(struct shell *sh, struct ref ref) {
    if (ref.issue == NONE)
        shell_say(sh, "go to an issue first");
    return ref.issue != NONE;
}

/* One that is there is shown; else the answer is frozen. By name it always is. */
static void read_back(struct shell *sh, struct ref ref, const struct command_args *args) {
    struct command_args here = COMMAND_ARGS_NONE;
    bool begun = issue_readback(shell_workbook(sh), ref.issue, ref.sub) != NONE;

    here.ref = ref;
    if ((args || !begun) && shell_run(sh, COMMAND_READBACK, args ? args : &here) < 0)
        return;
    readback_open(sh, ref);
}

/* Of a sub-question without an answer of its own: those of the issue. */
static void compare(struct shell *sh, struct ref ref) {
    const struct workbook *w = shell_workbook(sh);
    wording_vec v = {0};

    if (ref.sub)
        wordings_of(w, ref.issue, ref.sub, &v);
    if (!v.n)
        ref.sub = 0;
    vec_release(&v);
    wordings_open(sh, ref);
}

bool agreement_screen(struct shell *sh, struct focus f, const struct command *c,
                      const struct command_args *args) {
    struct ref ref = args && args->ref.issue != NONE ? args->ref : f.ref;

    switch (c->id) {
    case COMMAND_READBACK:
        if (needs_issue(sh, ref))
            read_back(sh, ref, args);
        return true;
    case COMMAND_WORDINGS:
        if (needs_issue(sh, ref))
            compare(sh, ref);
        return true;
    case COMMAND_SOUNDING:
        if (args)
            return false;
        ref.sub = 0;
        if (needs_issue(sh, ref))
            sounding_open(sh, ref);
        return true;
    case COMMAND_PARKING:
        parking_open(sh);
        return true;
    default:
        return false;
    }
}
