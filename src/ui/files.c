#include "files.h"

#include "base/mem.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_folder(int folder, const char *name) {
    struct stat st;

    return fstatat(folder, name, &st, 0) == 0 && S_ISDIR(st.st_mode);
}

static bool ends_in(const char *name, const char *suffix) {
    size_t len = strlen(name), end = strlen(suffix);

    return len > end && strcasecmp(name + len - end, suffix) == 0;
}

static bool wanted(const char *name, const char *start) {
    return strncmp(name, start, strlen(start)) == 0 && (*name != '.' || *start == '.') &&
           strcmp(name, ".") != 0 && !strpbrk(name, "\n\t");
}

static void offer(int folder, const char *name, const char *suffix, struct buf *out) {
    if (is_folder(folder, name))
        buf_addf(out, "%s/\n", name);
    else if (ends_in(name, suffix))
        buf_addf(out, "%s\n", name);
}

size_t file_complete(const char *line, const char *suffix, struct buf *out) {
    const char *slash = strrchr(line, '/');
    size_t start = slash ? (size_t)(slash - line) + 1 : 0;
    char *path = start ? mem_strndup(line, start) : mem_strdup(".");
    struct dirent **names = NULL;
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int n = folder < 0 ? 0 : scandir(path, &names, NULL, alphasort);

    for (int i = 0; i < n; i++) {
        if (wanted(names[i]->d_name, line + start))
            offer(folder, names[i]->d_name, suffix, out);
        mem_free(names[i]);
    }
    mem_free(names);
    if (folder >= 0)
        close(folder);
    mem_free(path);
    return start;
}
