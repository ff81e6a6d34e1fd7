#!/bin/sh
# Sources in src/: lines of 90 columns at most, files of fewer than 900 lines, no tabs, no
# blanks at the end of a line, a line feed at the end of the file.
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

{
    file = substr($0, 3)
    for (line = 1; (getline text < file) > 0; line++) {
        if (columns(text) > 90)
            complain(line, columns(text) " columns; 90 at most")
        if (text ~ /\t/)
            complain(line, "a tab")
        if (text ~ /[ \t\r]$/)
            complain(line, "blanks at the end")
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
