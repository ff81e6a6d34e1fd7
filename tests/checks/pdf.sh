#!/bin/sh
# The format pdf: what other programs find in the files. The session notes of the SuPR
# memo, a fixture in English, Russian and Chinese, and a long table.
#
# usage: pdf.sh         with top_srcdir, top_builddir and MEMOBOOK, or in a build folder
# Exit 77 where there is no memobook-pdf or no poppler-utils; qpdf is used where it is.

src=${top_srcdir:-..}
build=$(cd "${top_builddir:-.}" && pwd) || exit 1
memobook=${MEMOBOOK:-$build/memobook}
helper=$build/memobook-pdf
fixture=$src/tests/fixtures/pdf/languages.xhtml

skip() {
    echo "pdf: $1" >&2
    exit 77
}

[ -x "$memobook" ] || skip "$memobook is not built"
[ -x "$helper" ] || skip "memobook-pdf is not built (Pango and Cairo were missing)"
for tool in pdfinfo pdffonts pdftotext; do
    command -v $tool >/dev/null 2>&1 || skip "there is no $tool (poppler-utils)"
done
[ -f "$fixture" ] || { echo "$src: not the source folder" >&2; exit 1; }
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
HOME=$work XDG_STATE_HOME=$work/state XDG_DATA_HOME=$work/share
export HOME XDG_STATE_HOME XDG_DATA_HOME
bad=0

complain() {
    echo "$*" >&2
    bad=$((bad + 1))
}

# has FILE TEXT: a line of the file has the text.
has() {
    grep -qF -e "$2" "$1" || complain "$(basename "$1"): no “$2”"
}

has_not() {
    ! grep -qF -e "$2" "$1" || complain "$(basename "$1"): “$2”"
}

# look NAME: what the tools tell of NAME.pdf, in NAME.text and so on.
look() {
    pdftotext -raw "$work/$1.pdf" "$work/$1.text"
    pdfinfo -rawdates "$work/$1.pdf" >"$work/$1.info"
    pdfinfo -struct-text "$work/$1.pdf" >"$work/$1.struct" 2>"$work/$1.errors"
    pdffonts "$work/$1.pdf" | sed 1,2d >"$work/$1.fonts"
    [ ! -s "$work/$1.errors" ] || complain "$1: $(sed 1q "$work/$1.errors")"
    [ -s "$work/$1.fonts" ] || complain "$1: no fonts"
    # The columns from the right: object ID (two), unicode, subset, embedded.
    awk '$(NF - 4) != "yes" { print; none = 1 } END { exit none }' "$work/$1.fonts" ||
        complain "$1: a font is not embedded"
    if command -v qpdf >/dev/null 2>&1; then
        qpdf --check "$work/$1.pdf" >"$work/$1.qpdf" 2>&1 ||
            complain "$1: qpdf: $(grep -v '^checking' "$work/$1.qpdf" | sed 1q)"
    fi
}

# ---- the fixture

"$helper" --date=2011-12-06T09:02:11Z <"$fixture" >"$work/a4.pdf" || complain "exit $?"
look a4
has "$work/a4.info" 'Title:           Three languages: three scripts (one page each) \ test'
has "$work/a4.info" '(A4)'
has "$work/a4.info" 'D:20111206090211Z'
grep -q '^Tagged: *yes' "$work/a4.info" || complain "a4: not tagged"
for text in 'Efficient offices affirm difficult' 'what was deleted' 'page 1 of 2' \
    'page 2 of 2' 'исключающее нарушение мировой стабильности' '«кавычки», № 5, ёлка' \
    'Позиции и замечания' 'Three languages: three scripts (one page each) \ test' \
    'United States' '37 %' 'many'; do
    has "$work/a4.text" "$text"
done
has_not "$work/a4.text" '37 % 37'
if fc-list ':lang=zh-cn' 2>/dev/null | grep -q .; then
    for text in '国际信息安全是指国际关系的一种状态' '《条约》第五条' '朱镕基' '关键基础设施保护'; do
        has "$work/a4.text" "$text"
    done
else
    echo "pdf: no Chinese font, so nothing is said of Chinese" >&2
fi
for tag in Document H1 H2 H3 Table THead TR TH TD BlockQuote LI Lbl LBody Link; do
    grep -q "^ *$tag\( (.*\)\{0,1\}$" "$work/a4.struct" || complain "a4: no tag $tag"
done
has "$work/a4.struct" 'Efficient offices affirm difficult'
has_not "$work/a4.struct" 'page 1 of 2'
strings -n 3 "$work/a4.pdf" >"$work/a4.strings" 2>/dev/null ||
    tr -c '[:print:]\n' '\n' <"$work/a4.pdf" >"$work/a4.strings"
for text in '/Lang (en)' '/DisplayDocTitle true' '/MarkInfo << /Marked true >>' \
    '/URI (https://www.example.org/a%28b%29/path%27q?x=1&y=%20z)' '/Title (English)'; do
    has "$work/a4.strings" "$text"
done
for text in Author 'Secret' "$work" "$(id -un)@"; do
    has_not "$work/a4.strings" "$text"
done
# The one inner link that leads somewhere leads to the second page.
pdfinfo -dests "$work/a4.pdf" | sed 1d >"$work/a4.dests"
[ "$(wc -l <"$work/a4.dests")" -eq 1 ] && grep -q '^ *2 ' "$work/a4.dests" ||
    complain "a4: destinations: $(cat "$work/a4.dests")"

# The same bytes, whoever makes them and where.
(cd / && TZ=Asia/Tokyo LC_ALL=C LANGUAGE=ja PANGO_LANGUAGE=ko \
    "$helper" --date=2011-12-06T09:02:11Z) <"$fixture" >"$work/again.pdf" 2>"$work/err"
cmp "$work/a4.pdf" "$work/again.pdf" || complain "not the same bytes"
"$helper" --paper=letter <"$fixture" >"$work/letter.pdf" || complain "exit $?"
look letter
has "$work/letter.info" '(letter)'

# ---- refusals: exit 1 and one line

for args in '--paper=a5' '--date=yesterday' 'x'; do
    "$helper" "$args" <"$fixture" >"$work/out" 2>"$work/err"
    [ $? -eq 1 ] && [ "$(wc -l <"$work/err")" -eq 1 ] && [ ! -s "$work/out" ] ||
        complain "memobook-pdf $args: not refused"
done
for page in '' '<p>x' '<script/>' '<p onclick="x">y</p>'; do
    printf '%s' "$page" | "$helper" >"$work/out" 2>"$work/err"
    [ $? -eq 1 ] && [ "$(wc -l <"$work/err")" -eq 1 ] && [ ! -s "$work/out" ] ||
        complain "“$page”: not refused"
done

# ---- a table over many pages has its heads on each

{
    echo '<table><thead><tr><th>Heading</th><th>Text</th></tr></thead>'
    i=0
    while [ $((i += 1)) -le 300 ]; do
        echo "<tr><td>row $i of it</td><td>what it says</td></tr>"
    done
    echo '</table>'
} | "$helper" >"$work/table.pdf" || complain "exit $?"
look table
pages=$(sed -n 's/^Pages: *//p' "$work/table.info")
[ "$(grep -c Heading "$work/table.text")" -eq "$pages" ] && [ "$pages" -gt 5 ] ||
    complain "table: $pages pages, $(grep -c Heading "$work/table.text") headings"
[ "$(grep -c 'row .* of it' "$work/table.text")" -eq 300 ] || complain "table: rows lost"
[ "$(grep -c 'Heading' "$work/table.struct")" -eq 1 ] ||
    complain "table: a repeated heading is tagged"

# ---- the notes of a workbook

"$memobook" new "$src/memos/supr-2011.xml" -o "$work/w.xml" >/dev/null || complain "new"
"$memobook" do "$work/w.xml" \
    'answer A(a) Общее понимание есть; 信息安全' \
    'note A(a) @LEE a remark under the rule of the house' \
    'disposition A(a) agreed Nobody objected' >/dev/null || complain "do"
SOURCE_DATE_EPOCH=1323162131
export SOURCE_DATE_EPOCH
"$memobook" notes "$work/w.xml" -o "$work/notes.pdf" || complain "notes: exit $?"
"$memobook" notes "$work/w.xml" -f pdf >"$work/notes-again.pdf" || complain "notes: exit $?"
cmp "$work/notes.pdf" "$work/notes-again.pdf" || complain "notes: not the same bytes"
look notes
has "$work/notes.info" 'D:20111206090211Z'
has_not "$work/notes.text" LEE
"$memobook" notes "$work/w.xml" -f text | tr -cs '[:alnum:]' '\n' |
    awk 'length > 3 { print tolower($0) }' | sort -u >"$work/wanted"
tr -cs '[:alnum:]' '\n' <"$work/notes.text" | tr '[:upper:]' '[:lower:]' |
    sort -u >"$work/words"
lost=$(comm -23 "$work/wanted" "$work/words" | tr '\n' ' ')
[ -z "$lost" ] || complain "notes: words are lost: $lost"
"$memobook" notes "$work/w.xml" --paper=letter -o "$work/us.pdf" || complain "exit $?"
pdfinfo "$work/us.pdf" | grep -q '(letter)' || complain "notes: not on Letter"

# The chair's summary is of two pages: of the sample, which has every outcome, and of 18
# issues with an answer and a next step each. two_pages WORKBOOK.
two_pages() {
    for paper in a4 letter; do
        for tier in name side none; do
            "$memobook" notes "$1" -t chair-summary --paper $paper --attribution $tier \
                --allow-names -o "$work/chair.pdf" 2>"$work/err" || complain "exit $?"
            pdfinfo "$work/chair.pdf" | grep -q '^Pages: *[12]$' ||
                complain "chair's summary: $(basename "$1"), $paper, $tier: too long"
        done
    done
}
cp "$src/src/notes/sample.workbook.xml" "$work/sample.xml" && chmod 600 "$work/sample.xml"
"$memobook" new "$src/memos/supr-2011.xml" -o "$work/chair.xml" >/dev/null || complain "new"
for issue in A.a A.b A.c A.d B.a B.b B.c B.d B.e C.a C.b C.c D.a D.b D.c D.d D.e D.f; do
    printf '%s\n' "answer $issue What was said on $issue in one line" \
        "disposition $issue noted" "action $issue follow up $issue by 2011-12-20"
done | "$memobook" do "$work/chair.xml" >/dev/null || complain "do"
two_pages "$work/sample.xml"
two_pages "$work/chair.xml"

# The usual paper: PAPERSIZE, else the file, else the locale. usual PAPER NAME=VALUE…
usual() {
    want=$1
    shift
    env -u PAPERSIZE PAPERCONF="$work/no-such-file" "$@" \
        "$memobook" notes "$work/w.xml" -o "$work/usual.pdf" || complain "exit $?"
    pdfinfo "$work/usual.pdf" | grep -q "($want)" || complain "usual paper: not $want: $*"
}
printf '# The paper in the hall\n' >"$work/papersize-hall"
printf '# usual\n Letter # here\n' >"$work/papersize"
usual letter PAPERSIZE=letter
usual A4 PAPERSIZE=a4 PAPERCONF="$work/papersize"
usual letter PAPERCONF="$work/papersize"
usual letter PAPERSIZE=foolscap PAPERCONF="$work/papersize"
usual A4 LC_ALL=C.UTF-8
usual A4 LC_ALL=C.UTF-8 PAPERCONF="$work/papersize-hall"
mkdir "$work/locale"
if localedef -i en_US -f UTF-8 "$work/locale/en_US.UTF-8" 2>/dev/null; then
    usual letter LOCPATH="$work/locale" LC_ALL=en_US.UTF-8
    usual A4 LOCPATH="$work/locale" LC_ALL=en_US.UTF-8 PAPERSIZE=a4
fi

# Nothing binary for a terminal.
if command -v script >/dev/null 2>&1; then
    script -qec "'$memobook' notes '$work/w.xml' -f pdf" /dev/null </dev/null >"$work/tty"
    has "$work/tty" 'not for a terminal'
    has_not "$work/tty" '%PDF'
fi

# Without the helper, where none is installed.
mkdir "$work/bin" && cp "$memobook" "$work/bin/memobook" || exit 1
"$work/bin/memobook" notes --list >"$work/list"
if grep -q '^ *pdf .*not available' "$work/list"; then
    "$work/bin/memobook" notes "$work/w.xml" -f pdf >"$work/out" 2>"$work/err"
    [ $? -eq 1 ] && [ ! -s "$work/out" ] || complain "without the helper: not refused"
    has "$work/err" 'memobook-pdf was not built or installed'
fi

[ $bad -eq 0 ]
