/*
 * Runs a fuzz target over files, so that a corpus is a regression test without libFuzzer:
 *
 *     replay FILE-OR-FOLDER…
 *
 * A folder stands for the files in it, by name. Prints how many inputs were run; exits 1
 * when something cannot be read, or when there is no input at all.
 */
#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv) __attribute__((weak));

static int fail(const char *path) {
    fprintf(stderr, "%s: %s\n", path, strerror(errno));
    return -1;
}

static int run_file(const char *path) {
    FILE *f = fopen(path, "rb");
    struct stat st;
    if (!f || fstat(fileno(f), &st) < 0)
        return fail(path);
    size_t size = (size_t)st.st_size;
    uint8_t *data = malloc(size ? size : 1); /* of that size, for the sanitizer to see */
    if (!data || fread(data, 1, size, f) != size)
        return fail(path);
    fclose(f);
    LLVMFuzzerTestOneInput(data, size);
    free(data);
    return 1;
}

static int visible(const struct dirent *entry) {
    return entry->d_name[0] != '.';
}

static int run_folder(const char *path) {
    struct dirent **entries;
    int count = 0, n = scandir(path, &entries, visible, alphasort);
    if (n < 0)
        return fail(path);
    for (int i = 0; i < n; i++) {
        char file[4096];
        snprintf(file, sizeof file, "%s/%s", path, entries[i]->d_name);
        if (count >= 0)
            count = run_file(file) < 0 ? -1 : count + 1;
        free(entries[i]);
    }
    free(entries);
    return count;
}

int main(int argc, char **argv) {
    int count = 0;
    if (LLVMFuzzerInitialize)
        LLVMFuzzerInitialize(&argc, &argv);
    for (int i = 1; i < argc; i++) {
        struct stat st;
        if (stat(argv[i], &st) < 0)
            return fail(argv[i]) < 0;
        int n = S_ISDIR(st.st_mode) ? run_folder(argv[i]) : run_file(argv[i]);
        if (n < 0)
            return 1;
        count += n;
    }
    printf("%d inputs\n", count);
    return count == 0;
}
