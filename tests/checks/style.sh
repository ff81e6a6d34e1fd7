#!/bin/sh
# Sources in src/: lines of 90 columns at most, files of fewer than 900 lines, no tabs, no
# blanks at the end of a line, a line feed at the end of the file. Memory is given back by
# mem_free(): free() and realloc() would leave what was typed off the record; they stand in
# base/mem.c alone, and in notes/template_memory.c, which is about libxml2's memory.
#
# usage: style.sh [SRC]         one line per violation; exit 1 where there is one

src=${1:-${top_srcdir:-.}/src}
[ -d "$src/base" ] || { echo "$src: not the source folder" >&2; exit 1; }

cd "$src" && find . -name '*.[ch]' -o -name '*.def' | LC_ALL=C sort |
    LC_ALL=C awk '
function complain(line, what) {
    print file ":" line ": " what
    bad = 1
}

function columns(text) {
    # All but the first byte of a character; every one here is one column wide.
    gsub(/[\200-\277]/, "", text)
    return length(text)
}

BEGIN {
    frees = "(^|[^A-Za-z0-9_.>])(free|realloc)( *\\(|[,}])"
    may_free = "^(base/mem[.][ch]|notes/template_memory[.]c)$"
}

{
    file = substr($0, 3)
    for (line = 1; (getline text < file) > 0; line++) {
        if (columns(text) > 90)
            complain(line, columns(text) " columns; 90 at most")
        if (text ~ /\t/)
            complain(line, "a tab")
        if (text ~ /[ \t\r]$/)
            complain(line, "blanks at the end")
        if (text ~ frees && text !~ /^ *(\/?\*|")/ && file !~ may_free)
            complain(line, "free() or realloc(): mem_free() or mem_realloc()")
    }
    close(file)
    if (line - 1 >= 900)
        complain(line - 1, line - 1 " lines; fewer than 900")
    command = "tail -c 1 " file " | wc -l"
    command | getline ends
    close(command)
    if (line > 1 && ends + 0 == 0)
        complain(line - 1, "no line feed at the end")
}

END { exit bad }'
