/*
 * powercut: a file system in an image. The program is stopped at entry to each fdatasync,
 * between the write and the sync, and the image is copied: what a power cut would leave.
 * It is copied again when the edit was acknowledged. Each copy is mounted, so that its
 * journal is replayed, and the workbook in it opened.
 *
 * What must hold each time: every event that was acknowledged is there, at most the one
 * that was being written, none half; a workbook that `new` made is there; an entry that
 * was expunged is gone.
 *
 * Needs root, loop devices, and mkfs.ext4 (Debian: e2fsprogs) or mkfs.xfs (xfsprogs).
 */
#include "torture.h"

#include "base/mem.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct file_system {
    const char *name, *package, *make, *options, *copy_options;
    unsigned megabytes;
};

static const struct file_system systems[] = {
    /* No commit of its own accord while the image is being copied. */
    {"ext4", "e2fsprogs", "mkfs.ext4 -q -F", "commit=300", "commit=300", 48},
    {"xfs", "xfsprogs", "mkfs.xfs -q -f", "noatime", "noatime,nouuid", 320},
};

static const struct file_system *fs;
static unsigned acknowledged, cuts;

__attribute__((format(printf, 1, 2))) static bool quiet(const char *fmt, ...) {
    struct buf command = BUF_INIT;
    va_list ap;
    va_start(ap, fmt);
    buf_vaddf(&command, fmt, ap);
    va_end(ap);
    buf_puts(&command, " >.said 2>&1");
    bool ok = system(command.s) == 0;
    buf_release(&command);
    return ok;
}

static bool copy_image(void) {
    return quiet("cp --sparse=always disk.img cut.img");
}

static bool mount_image(const char *image, const char *at, const char *options) {
    mkdir(at, 0700);
    return quiet("mount -t %s -o loop,%s %s %s", fs->name, options, image, at);
}

/* Loop devices of a mount that was just ended may be busy for a moment. */
static void unmount(const char *at) {
    for (int i = 0; umount(at) < 0; i++) {
        if (i == 100)
            torture_fail("umount %s: %s", at, strerror(errno));
        usleep(20000);
    }
}

/* ---- what a power cut leaves */

static void check_numbers(const struct book *b) {
    for (size_t i = 0; i < b->events.n; i++) {
        unsigned n, m = 0;
        const char *end = strstr(b->events.v[i], "end of ");
        if (end)
            sscanf(end, "end of %u", &m);
        const char *at = strstr(b->events.v[i], ": number ");
        if (!at || sscanf(at, ": number %u", &n) != 1 || n != i + 1 || m != n)
            torture_fail("event %zu is half: %.80s", i + 1, b->events.v[i]);
    }
}

static void cut(const char *when) {
    struct book b;
    torture_try("%s, %s event %u", fs->name, when, acknowledged + 1);
    if (!copy_image())
        torture_fail("cp failed");
    if (!mount_image("cut.img", "cut", fs->copy_options))
        torture_fail("the copy of the image cannot be mounted");
    ran_well(NULL, (const char *[]){"do", "cut/w.xml", NULL});
    book_read(&b, "cut/w.xml");
    if (!b.well_formed || b.bad_seals)
        torture_fail("it is not well-formed, or has %u bad seals", b.bad_seals);
    check_numbers(&b);
    if (b.events.n < acknowledged || b.events.n > acknowledged + 1)
        torture_fail("%u acknowledged, %zu there", acknowledged, b.events.n);
    book_release(&b);
    unmount("cut");
    cuts++;
}

/* ---- recording */

/* Whether it stopped; false once it has answered. */
static bool stopped(struct ran *r) {
    struct pollfd p = {r->out, POLLIN, 0};
    for (;;) {
        int status;
        pid_t pid = waitpid(r->pid, &status, WNOHANG | WUNTRACED);
        if (pid == r->pid && WIFSTOPPED(status))
            return true;
        if (pid == r->pid)
            torture_fail("it ended, status %#x", (unsigned)status);
        if (poll(&p, 1, 2) > 0)
            return false;
    }
}

static void add_text(struct buf *line, unsigned n) {
    buf_addf(line, "note A(a) number %u", n);
    for (unsigned k = 0; k < (n % 3 == 2 ? 900u : 3u); k++)
        buf_addf(line, " слово %u", k);
    buf_addf(line, " end of %u\n", n);
}

static void record(struct ran *r, unsigned n) {
    struct buf line = BUF_INIT;
    char answer[64];
    add_text(&line, n);
    if (write(r->in, line.s, line.len) != (ssize_t)line.len)
        torture_fail("write: %s", strerror(errno));
    while (stopped(r)) {
        cut("before the sync of");
        kill(r->pid, SIGCONT);
    }
    ssize_t got = read(r->out, answer, sizeof answer - 1);
    answer[got > 0 ? got : 0] = '\0';
    unsigned saved;
    if (sscanf(answer, "saved %u", &saved) != 1 || saved != n)
        torture_fail("it answered %s", answer);
    acknowledged = n;
    cut("acknowledged, before");
    buf_release(&line);
}

static void record_all(unsigned edits) {
    struct ran r;
    struct plan p = {.path = "disk/w.xml",
                     .on = "file",
                     .calls = "fdatasync fsync",
                     .what = "stop",
                     .at = 1,
                     .times = "0"};
    ran_start(&r, &p, NULL, (const char *[]){"do", "disk/w.xml", NULL});
    for (unsigned n = 1; n <= edits; n++)
        record(&r, n);
    ran_finish(&r);
    ran_release(&r);
}

/* ---- expunging */

static void expunge(void) {
    struct buf b = torture_read("disk/w.xml"), line = BUF_INIT;
    char id[64];
    const char *at = strstr(strstr(b.s, "<log>"), " id=\"");
    if (sscanf(at, " id=\"%63[^\"]", id) != 1)
        torture_fail("no id");
    buf_addf(&line, "expunge %s yes", id);
    struct ran r;
    ran(&r, NULL, NULL, (const char *[]){"do", "disk/w.xml", line.s, NULL});
    if (ran_ended(&r, 0)) {
        torture_try("%s, after expunge", fs->name);
        if (!copy_image() || !mount_image("cut.img", "cut", fs->copy_options))
            torture_fail("the copy of the image cannot be mounted");
        struct buf now = torture_read("cut/w.xml");
        if (strstr(now.s, "end of 1<") || !strstr(now.s, "end of 2<"))
            torture_fail("the expunged entry is there, or another is not");
        buf_release(&now);
        unmount("cut");
        cuts++;
    }
    ran_release(&r);
    buf_release(&line);
    buf_release(&b);
}

static void try_system(unsigned edits) {
    cuts = acknowledged = 0;
    torture_shell("rm -f disk.img; truncate -s %uM disk.img", fs->megabytes);
    if (!quiet("%s disk.img", fs->make))
        torture_fail("%s failed", fs->make);
    if (!mount_image("disk.img", "disk", fs->options)) {
        torture_say("skipped: %s: an image cannot be mounted here", fs->name);
        return;
    }
    ran_well(NULL, (const char *[]){"new", "memo.xml", "-o", "disk/w.xml", NULL});
    cut("when `new` has ended, before");
    record_all(edits);
    expunge();
    unmount("disk");
    torture_say("%s: %u edits, %u power cuts before and after the sync: nothing lost",
                fs->name, edits, cuts);
}

/* Mounts are nobody else's, and go with this process. */
static void need_mounts(void) {
    if (geteuid() != 0)
        torture_skip("mounting needs root");
    if (unshare(CLONE_NEWNS) < 0 ||
        mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0)
        torture_skip("no mounts of our own here: %s", strerror(errno));
    if (!quiet("losetup -f"))
        torture_skip("there are no loop devices");
}

int main(int argc, char **argv) {
    unsigned tried = 0;
    torture_begin("powercut", argc, argv);
    need_mounts();
    torture_make("pristine.xml");
    for (size_t i = 0; i < sizeof systems / sizeof *systems; i++) {
        fs = &systems[i];
        if (!quiet("command -v mkfs.%s", fs->name)) {
            torture_say("skipped: %s: there is no mkfs.%s (Debian: %s)", fs->name,
                        fs->name, fs->package);
            continue;
        }
        if (!torture_full && tried > 0)
            continue;
        tried++;
        try_system(torture_full ? 16 : 2);
    }
    if (tried == 0)
        torture_skip("there is no file system to try");
    return torture_end();
}
