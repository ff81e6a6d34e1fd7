#!/bin/sh
# Writes, as C, the files named on the command line: a table of name, help and bytes.
#
#     build-aux/embed.sh templates/*.xsl src/notes/html.css > src/notes/stock_templates.c
#
# The help of a file is the text of its first comment of the form <!-- help: TEXT -->.
# POSIX sh, od and sed only. src/notes/stock.h tells what the table is.
set -eu
LC_ALL=C
export LC_ALL

bytes() {
    od -An -v -tx1 "$1" | sed 's/ *\([0-9a-f][0-9a-f]\)/0x\1,/g'
}

help() {
    sed -n 's/^.*<!-- *help: *\(.*[^ ]\) *-->.*$/\1/p' "$1" | sed -e 1q |
        sed 's/[\\"]/\\&/g'
}

echo '/* Made by build-aux/embed.sh. */'
echo '#include "notes/stock.h"'
echo
n=0
for file in "$@"; do
    [ -r "$file" ] || { echo "embed.sh: cannot read $file" >&2; exit 1; }
    echo "static const unsigned char file_$n[] = {"
    bytes "$file"
    echo '0};'
    n=$((n + 1))
done
echo
echo 'const struct stock_file stock_files[] = {'
n=0
for file in "$@"; do
    echo "    {\"${file##*/}\", \"$(help "$file")\", file_$n, sizeof file_$n - 1},"
    n=$((n + 1))
done
echo '    {0, 0, 0, 0},'
echo '};'
