#!/bin/sh
# The manuals say what the program does.
#
# - The examples run: the shell blocks of man/memobook.1.in that a line `.\" test`
#   precedes, and the ```sh blocks of README.md, each file's in a scratch folder of its
#   own, one after another. Where a block `.\" output` (in README.md: ```text) follows a
#   tested one at once, it is what that one prints on standard output.
# - Every recording command of the table is in the manual and the program knows it; every
#   subcommand and every option is in the manual and is completed by bash.
# - Every attribute of an event is explained.
# - --help exits 0, wrong usage exits 2 with one line.
# - mandoc finds nothing to warn of.
#
# usage: manual.sh      with top_srcdir, top_builddir and MEMOBOOK, or in a build folder

src=${top_srcdir:-..} build=${top_builddir:-.}
memobook=${MEMOBOOK:-$build/memobook}
[ -x "$memobook" ] || { echo "manual: $memobook is not built" >&2; exit 77; }
[ -f "$build/man/memobook.1" ] ||
    { echo "manual: $build/man/memobook.1 is not built" >&2; exit 77; }
src=$(cd "$src" && pwd) && build=$(cd "$build" && pwd) &&
    memobook=$(cd "$(dirname "$memobook")" && pwd)/$(basename "$memobook") || exit 1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
HOME=$work/home XDG_STATE_HOME=$work/state XDG_DATA_HOME=$work/share
export HOME XDG_STATE_HOME XDG_DATA_HOME
unset VISUAL EDITOR
mkdir "$work/home"
bad=0

complain() {
    echo "manual: $*" >&2
    bad=$((bad + 1))
}

# ---- examples

# From a manual: N.sh, and N.out where the output follows. Undoes what mdoc escapes.
manual_blocks() {
    awk -v folder="$1" '
        /^\.\\" test$/ { n++; kind = "sh"; next }
        /^\.\\" output$/ { kind = n ? "out" : ""; next }
        /^\.Bd -literal/ && kind { file = folder "/" n "." kind; kind = ""; next }
        /^\.Ed/ { if (file) close(file); file = ""; next }
        file {
            gsub(/\\-/, "-"); gsub(/\\\(aq/, "\047"); gsub(/\\\(dq/, "\"")
            gsub(/\\&/, ""); gsub(/\\e/, "\\")
            print > file
        }' "$2"
}

readme_blocks() {
    awk -v folder="$1" '
        /^```$/ && file { close(file); after = file ~ /sh$/; file = ""; next }
        /^```sh$/ { file = folder "/" ++n ".sh"; next }
        /^```text$/ && after { file = folder "/" n ".out"; next }
        /^```/ { fence = !fence }
        file { print > file; next }
        NF { after = 0 }' "$2"
}

# run_blocks NAME FOLDER: the blocks of FOLDER, in the current one.
run_blocks() {
    n=1
    while [ -f "$2/$n.sh" ]; do
        if ! sh -e "$2/$n.sh" >"$2/$n.got" 2>"$2/$n.err"; then
            complain "$1, example $n fails: $(cat "$2/$n.err")"
            cat "$2/$n.sh" >&2
        elif [ -f "$2/$n.out" ] && ! diff "$2/$n.out" "$2/$n.got" >&2; then
            complain "$1, example $n prints something else"
        fi
        n=$((n + 1))
    done
    [ $n -gt 1 ] || complain "$1 has no example to test"
}

mkdir "$work/manual" "$work/manual/blocks" "$work/bin"
ln -s "$memobook" "$work/bin/memobook"
manual_blocks "$work/manual/blocks" "$src/man/memobook.1.in"
cp "$src/memos/supr-2011.xml" "$work/manual" || exit 1
(
    cd "$work/manual" && PATH=$work/bin:$PATH && export PATH || exit 1
    run_blocks 'memobook(1)' blocks
    [ $bad -eq 0 ]
) || bad=$((bad + 1))

# README.md works in the source folder, after the workbook was made by `./bootstrap run`.
mkdir "$work/readme" "$work/readme/blocks" "$work/readme/build"
ln -s "$memobook" "$work/readme/build/memobook"
readme_blocks "$work/readme/blocks" "$src/README.md"
cp -R "$src/memos" "$work/readme" || exit 1
chmod -R u+w "$work/readme/memos"
(
    cd "$work/readme" && build/memobook new memos/supr-2011.xml >/dev/null || exit 1
    run_blocks README.md blocks
    [ $bad -eq 0 ]
) || bad=$((bad + 1))

# ---- what there is, is in the manual

# mentioned PAGE WORD: in bold, as the name of an item.
mentioned() {
    grep -q "^\.It [A-Z][a-z] \\\\*&*$2\( .*\)*$" "$1"
}

table=$src/src/session/commands.def
tr '\n' ' ' <"$table" | sed 's/COMMAND(/\
&/g' | sed -n 's/^COMMAND([A-Z_]*, "\([^"]*\)".*record_[a-z_]*) *.*$/\1/p' \
    >"$work/commands"
[ "$(wc -l <"$work/commands")" -gt 5 ] || complain "$table was not understood"
"$memobook" new "$src/memos/supr-2011.xml" -o "$work/book.xml" >/dev/null || exit 1
while read -r name; do
    mentioned "$build/man/memobook.1" "$(echo "$name" | sed 's/-/\\\\-/g')" ||
        complain "memobook(1) does not tell of the command $name"
    "$memobook" "do" "$work/book.xml" "$name !" 2>&1 |
        grep -q 'no command is called' && complain "the program has no command $name"
done <"$work/commands"

"$memobook" --help | sed -n 's/^  memobook \([a-z]*\) .*/\1/p' | grep . \
    >"$work/subcommands"
while read -r name; do
    mentioned "$build/man/memobook.1" "$name" ||
        complain "memobook(1) does not tell of memobook $name"
    "$memobook" "$name" --help | sed -n 's/^ *\(-[a-z], \)*--\([a-z-]*\).*/\2/p' \
        >"$work/options-$name"
    while read -r option; do
        sed -n "/^\.It Cm $name /,/^\.It Cm/p; /^Each command takes/,/^\.Bl/p" \
            "$build/man/memobook.1" | tr -d '\\' |
            grep -q -e "Fl -$option" ||
            complain "memobook(1) does not tell of memobook $name --$option"
    done <"$work/options-$name"
done <"$work/subcommands"
[ "$(wc -l <"$work/subcommands")" -ge 6 ] || complain "memobook --help was not understood"

sed -n '/^\.It Sy /,/^It /p' "$build/man/memobook.5" |
    sed -n 's/^\.\(Op \)*Cm \\&\([a-z]*\).*/\2/p' | sort -u >"$work/attributes"
[ -s "$work/attributes" ] || complain "memobook(5) tells of no attribute"
while read -r name; do
    grep -q "^\.It Cm \(.* , \)*$name\( .*\)*$" "$build/man/memobook.5" ||
        complain "memobook(5) does not explain the attribute $name"
done <"$work/attributes"

# ---- completion

# completed WORD…: what bash offers for the last of the words, one to a line.
completed() {
    bash -c '. "$0" || exit 1
        compopt() { :; }
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
        _memobook
        printf "%s\n" "${COMPREPLY[@]}"' "$build/man/memobook" "$memobook" "$@"
}

# offers WHAT FILE WORD…: all lines of FILE are offered.
offers() {
    what=$1 wanted=$2
    shift 2
    completed "$@" >"$work/offered" || complain "the completion fails"
    while read -r name; do
        grep -qxF -e "$name" "$work/offered" ||
            complain "bash does not complete $what $name"
    done <"$wanted"
}

if command -v bash >/dev/null 2>&1; then
    offers subcommand "$work/subcommands" ''
    offers command "$work/commands" "do" book.xml ''
    while read -r name; do
        sed 's/^/--/' "$work/options-$name" >"$work/wanted"
        offers "memobook $name" "$work/wanted" "$name" --
    done <"$work/subcommands"
    "$memobook" notes --list | sed -n '/^Formats/,$s/^  \([a-z]*\) .*/\1/p' >"$work/wanted"
    offers format "$work/wanted" notes --format = ''
    "$memobook" notes --list | sed -n '/^Formats/q;s/^  \([^ ]*\) .*/\1/p' >"$work/wanted"
    offers template "$work/wanted" notes -t ''
else
    echo "manual: bash is missing, so the completion is not tested"
fi

# ---- usage

# exits STATUS ARGUMENT…: with that status; 2 comes with something on stderr alone.
exits() {
    want=$1
    shift
    "$memobook" "$@" >"$work/out" 2>"$work/err" </dev/null
    got=$?
    [ $got -eq "$want" ] || complain "memobook $*: exit $got, not $want"
    [ "$want" -ne 2 ] || { [ -s "$work/err" ] && [ ! -s "$work/out" ]; } ||
        complain "memobook $*: wrong usage belongs on stderr"
    [ "$want" -ne 0 ] || { [ -s "$work/out" ] && [ ! -s "$work/err" ]; } ||
        complain "memobook $*: belongs on stdout"
}

exits 0 --help
exits 0 --version
exits 2 --no-such-option
exits 2 one.xml two.xml
while read -r name; do
    exits 0 "$name" --help
    exits 0 "$name" --version
    exits 2 "$name"
    exits 2 "$name" --no-such-option
done <"$work/subcommands"
for name in new log notes; do
    exits 2 $name one.xml two.xml
done
exits 2 show one.xml 'A(a)' three
exits 2 notes --attribution everyone "$src/memos/supr-2011.xml"
exits 2 notes --width 5 "$src/memos/supr-2011.xml"
"$memobook" --version | grep -q "^memobook $(sed -n 's/^# Bash completion for memobook \([^ ]*\) .*/\1/p' "$build/man/memobook")\$" ||
    complain "the completion is of another version"

# What the build can do, as notes --list and the helpers beside it have it.
"$memobook" --version >"$work/version"
"$memobook" notes --list | sed -n '/^Formats/,$s/^  \([a-z]*\) .*/\1/p' >"$work/formats"
while read -r name; do
    has='Formats'
    "$memobook" notes --list | grep -q "^  $name .*(not available" && has='Not built'
    grep -q "^$has:.* $name\(,\|\$\)" "$work/version" ||
        complain "--version does not have $name among $has"
done <"$work/formats"
for part in libxml2 libxslt ncurses pdf:Pango pdf:Cairo office:libzip print:CUPS; do
    case $part in
    *:*) [ -x "$build/memobook-${part%:*}" ] || continue ;;
    esac
    grep -q "^Libraries:.* ${part#*:} [0-9.]*[0-9]" "$work/version" ||
        complain "--version does not tell the version of ${part#*:}"
done

# ---- mandoc

if command -v mandoc >/dev/null 2>&1; then
    mandoc -Tlint -W warning "$build/man/memobook.1" "$build/man/memobook.5" \
        "$src/man/memobook-templates.5" >"$work/lint" 2>&1 ||
        complain "mandoc: $(cat "$work/lint")"
else
    echo "manual: mandoc is missing, so the manuals are not linted"
fi

[ $bad -eq 0 ]
