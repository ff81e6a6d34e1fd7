#!/bin/sh
# A folder of src/ is a layer: a file includes headers of its own folder or of the lower
# ones that the table below allows. <curses.h> belongs to ui/; libxml2 and libxslt belong
# to store/, import/, notes/ and helpers/, CUPS to helpers/.
#
# usage: includes.sh [SRC]      one line per violation; exit 1 where there is one

src=${1:-${top_srcdir:-.}/src}
[ -d "$src/base" ] || { echo "$src: not the source folder" >&2; exit 1; }

cd "$src" && find . -name '*.[ch]' -o -name '*.def' | LC_ALL=C sort |
    LC_ALL=C awk '
BEGIN {
    may["base"] = "base"
    may["model"] = "base model"
    may["store"] = "base model store"
    may["import"] = "base model store import"
    may["notes"] = "base model store notes"
    may["helpers"] = "base store notes helpers"
    may["session"] = "base model store session"
    may["ui"] = "base model import notes session ui"
    may["cli"] = "base model store import notes session ui cli"
    may["."] = may["cli"]
    curses = "^(n?curses|panel|form|menu|term|unctrl|ncursesw/.*|ncurses/.*)(\\.h)?$"
    cups = "^cups/"
    xml = "^(libxml|libxml2|libxslt|libexslt)/"
}

function complain(file, line, what) {
    print file ":" line ": " what
    bad = 1
}

function check_own(file, line, layer, name,    to) {
    if (name ~ /(^|\/)\.\.(\/|$)/)
        complain(file, line, "\"" name "\" goes up; name it from src/")
    if (name !~ /\//)
        return
    to = name
    sub(/\/.*/, "", to)
    if (!((" " may[layer] " ") ~ (" " to " ")))
        complain(file, line, layer "/ must not include \"" name "\"")
}

function check_system(file, line, layer, name) {
    if (name ~ curses && layer != "ui")
        complain(file, line, "<" name "> belongs to ui/ alone")
    if (name ~ cups && layer != "helpers")
        complain(file, line, "<" name "> belongs to helpers/ alone")
    if (name ~ xml && layer !~ /^(store|import|notes|helpers)$/)
        complain(file, line, "<" name "> belongs to store/, import/, notes/ and helpers/")
}

{
    file = substr($0, 3)
    layer = file ~ /\// ? file : "."
    sub(/\/.*/, "", layer)
    if (!(layer in may)) {
        complain(file, 1, layer "/ is no layer that this check knows")
        next
    }
    for (line = 1; (getline text < file) > 0; line++) {
        if (text !~ /^[ \t]*#[ \t]*include[ \t]*["<]/)
            continue
        name = text
        sub(/^[^"<]*["<]/, "", name)
        sub(/[">].*/, "", name)
        if (text ~ /include[ \t]*"/)
            check_own(file, line, layer, name)
        else
            check_system(file, line, layer, name)
    }
    close(file)
}

END { exit bad }'
