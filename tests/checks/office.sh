#!/bin/sh
# The formats odt and docx, from the command line to what LibreOffice makes of them.
#
# - The SuPR memo's notes, and a page in three languages, are sound containers of
#   well-formed XML, with headings, lists and tables of named styles; they say nothing of
#   the user, the host or the folder; the same input gives the same bytes.
# - They are not written to a terminal. --paper and --reference do what they say; what is
#   no reference is refused in one line.
# - LibreOffice, where it is, opens them, and every word is on paper; it finds the same
#   headings in both, from which a reader can insert a table of contents. A house style that
#   LibreOffice has written is taken over, and nothing that tells of its author.
# - python3-docx and python3-odf, where they are, open them too.
#
# usage: office.sh      with top_srcdir, top_builddir and MEMOBOOK, or in a build folder

src=${top_srcdir:-..} build=${top_builddir:-.}
memobook=${MEMOBOOK:-$build/memobook}
[ -x "$memobook" ] || { echo "office: $memobook is not built" >&2; exit 77; }
src=$(cd "$src" && pwd) && build=$(cd "$build" && pwd) &&
    memobook=$(cd "$(dirname "$memobook")" && pwd)/$(basename "$memobook") || exit 1
helper=$build/memobook-office
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
cd "$work" || exit 1
mkdir home
HOME=$work/home XDG_STATE_HOME=$work/state XDG_DATA_HOME=$work/share
USER=quokkauser LOGNAME=quokkauser HOSTNAME=quokkahost
export HOME XDG_STATE_HOME XDG_DATA_HOME USER LOGNAME HOSTNAME
# Notes say when they were made; all of these are of one minute.
SOURCE_DATE_EPOCH=1323162131
export SOURCE_DATE_EPOCH
bad=0

complain() {
    echo "office: $*" >&2
    bad=$((bad + 1))
}

have() {
    command -v "$1" >/dev/null 2>&1
}

"$memobook" new "$src/memos/supr-2011.xml" -o w.xml >/dev/null || exit 1

# fails FILE WORDS OPTIONS…: notes say WORDS in one line, and leave no FILE.
fails() {
    file=$1 words=$2
    shift 2
    rm -f "$file"
    if "$memobook" notes w.xml -o "$file" "$@" >out 2>err; then
        complain "$* is taken"
    elif [ "$(wc -l <err)" -ne 1 ] || ! grep -q "$words" err; then
        complain "$* gives: $(cat err)"
    fi
    if [ -s out ] || [ -e "$file" ]; then
        complain "$* writes something"
    fi
}

if [ ! -x "$helper" ]; then
    fails x.odt 'format odt is not available'
    echo "office: built without libzip: nothing more to see" >&2
    [ $bad -eq 0 ] || exit 1
    exit 77
fi

"$memobook" do w.xml 'discuss A(a) start' 'note A(a) + Общее понимание есть.' \
    'answer A(a) In part: 信息安全 has three names.' 'disposition A(a) agreed Nobody objected' \
    'note A(b) Статья 32(b) неприемлема.' 'disposition A(b) bracketed' \
    'action A(b) A list of terms' 'discuss A(a) stop' >/dev/null || exit 1

# ---- containers

# members FILE: takes it apart into FILE.d; the names of its members.
members() {
    rm -rf "$1.d"
    mkdir "$1.d"
    (cd "$1.d" && unzip -qq "../$1") || complain "unzip finds $1 unsound"
    unzip -Z1 "$1"
}

# sound FILE NAME: well-formed, and silent about where it was made.
sound() {
    members "$1" >names
    unzip -tqq "$1" >/dev/null || complain "unzip -t finds $1 unsound"
    while read -r name; do
        case $name in
        *.xml | *.rels)
            xmllint --noout --nonet "$1.d/$name" || complain "$1: $name" ;;
        esac
    done <names
    if grep -rl -e quokka -e "$work" "$1.d"; then
        complain "$1 tells of the user, the host or the folder"
    fi
    if [ "$(uname -n)" != localhost ] && grep -rlwF -e "$(uname -n)" "$1.d"; then
        complain "$1 tells the name of this host"
    fi
}

# holds FILE MEMBER WORDS…
holds() {
    file=$1 part=$2
    shift 2
    for words; do
        grep -qF -e "$words" "$file.d/$part" || complain "$file: $part has no $words"
    done
}

for format in odt docx; do
    "$memobook" notes w.xml -o supr.$format --attribution side || complain "no $format"
    for run in 1 2; do
        TZ=UTC-$run "$helper" $format --now=1323165600000 \
            <"$src/tests/fixtures/office/trilingual.xhtml" >three-$run.$format ||
            complain "no $format of three languages"
    done
    cmp three-1.$format three-2.$format || complain "$format differs from run to run"
    if ! have unzip || ! have xmllint; then
        echo "office: without unzip and xmllint, $format is not looked into" >&2
        continue
    fi
    sound supr.$format
    sound three-1.$format
done

if [ -d supr.odt.d ]; then
    unzip -Zs supr.odt | grep -q ' stor .* mimetype$' || complain "mimetype is compressed"
    [ "$(unzip -Z1 supr.odt | head -n 1)" = mimetype ] || complain "mimetype is not first"
    [ "$(cat supr.odt.d/mimetype)" = application/vnd.oasis.opendocument.text ] ||
        complain "mimetype is $(cat supr.odt.d/mimetype)"
    holds supr.odt content.xml '<text:p text:style-name="Title">' \
        '<text:h text:style-name="Heading_20_1" text:outline-level="1">' \
        '<text:h text:style-name="Heading_20_2" text:outline-level="2">' \
        '<text:list text:style-name="Numbering_20_123">' '<table:table-header-rows>' \
        'text:style-name="Table_20_Heading"' 'xlink:href="#' \
        'Статья 32(b) неприемлема.' '信息安全'
    holds supr.odt styles.xml '<text:page-count>' '<text:title>Session notes: '
    holds supr.odt meta.xml '<dc:title>Session notes: ' '<dc:language>en-US<'
    grep -q 'creator' supr.odt.d/meta.xml && complain "the odt has an author"
fi
if [ -d supr.docx.d ]; then
    holds supr.docx word/document.xml '<w:pStyle w:val="Title"/>' \
        '<w:pStyle w:val="Heading1"/>' '<w:pStyle w:val="Heading2"/>' \
        '<w:tblStyle w:val="TableGrid"/>' '<w:tblHeader/>' '<w:hyperlink w:anchor="' \
        'Статья 32(b) неприемлема.' '信息安全'
    holds supr.docx word/footer1.xml ' PAGE ' ' NUMPAGES '
    holds supr.docx word/header1.xml ' TITLE ' 'Session notes: '
    holds supr.docx docProps/core.xml '<dc:title>Session notes: '
    grep -q 'creator\|lastModifiedBy' supr.docx.d/docProps/core.xml &&
        complain "the docx has an author"
fi

# ---- a terminal, the paper, references

if have script; then
    for format in odt docx; do
        script -qec "'$memobook' notes w.xml -f $format" typescript </dev/null >/dev/null
        grep -aq "is not for a terminal" typescript || complain "$format goes to a terminal"
        grep -aq PK typescript && complain "$format is printed on a terminal"
    done
fi
"$memobook" notes w.xml -o house.odt --paper letter &&
    "$memobook" notes w.xml -o house.docx --paper=letter || complain "no letter paper"
for format in odt docx; do
    "$memobook" notes w.xml -o styled.$format --attribution side \
        --reference house.$format ||
        complain "no reference for $format"
    [ -d supr.odt.d ] && members house.$format >/dev/null && sound styled.$format
done
if [ -d styled.odt.d ]; then
    holds house.odt styles.xml 'fo:page-width="21.59cm"'
    holds styled.odt styles.xml 'fo:page-width="21.59cm"'
    holds house.docx word/document.xml '<w:pgSz w:w="12240" w:h="15840"/>'
    holds styled.docx word/document.xml '<w:pgSz w:w="12240" w:h="15840"/>'
fi

# A name in the header of a house's document: its title, which ours takes the place of, and
# its text, which is found in the finished file.
"$memobook" new "$src/memos/supr-2011.xml" -o v.xml >/dev/null
"$memobook" do v.xml 'person add Quentin HOUSEMAN, us' 'person add Ann LEE, us' >/dev/null ||
    complain "nobody comes"
for format in odt docx; do
    sed 's/<title>[^<]*/<title>Quentin Houseman/' "$src/memos/supr-2011.xml" >named.xml
    "$memobook" notes named.xml -o named.$format || complain "no named $format"
    "$memobook" notes v.xml -o told.$format --attribution none --reference named.$format ||
        complain "the title of a reference $format is told"
    if have zip && have unzip; then
        part=styles.xml
        [ $format = docx ] && part=word/footer1.xml
        rm -rf parts && unzip -q named.$format $part -d parts &&
            sed 's/ of </ Bureau Quentin House<!-- -->man </' parts/$part >parts/new &&
            mv parts/new parts/$part && (cd parts && zip -q ../named.$format $part)
        rm -f told.$format
        "$memobook" notes v.xml -o told.$format --attribution none \
            --reference named.$format >out 2>err &&
            complain "a name in the footer of a reference $format goes out"
        grep -q 'HOUSEMAN: in the header or footer: .*out of the reference' err ||
            complain "of the footer: $(cat err)"
        [ -e told.$format ] && complain "what is refused is written"
        "$memobook" notes v.xml -o told.$format --attribution none --allow-names \
            --reference named.$format 2>err || complain "--allow-names: $(cat err)"
        "$memobook" log v.xml | grep -q "with names: HOUSEMAN (session-notes, $format" ||
            complain "the log does not say that names went out"
    fi
done

echo "no archive" >plain
mkdir folder
for format in odt docx; do
    fails x.$format 'plain: .*not a zip archive' --reference plain
    fails x.$format 'folder: ' --reference folder
    fails x.$format 'missing: ' --reference missing
done
fails x.odt 'house.docx: this is not an ODT document' --reference house.docx
fails x.docx 'house.odt: this is not a DOCX document' --reference house.odt
fails x.html 'reference is for the formats odt and docx' --reference house.odt
fails x.odt 'paper takes a4 or letter' --paper a5

# ---- other readers

# pythons MODULE: the python3 that has it; nothing where none has.
pythons() {
    for python in python3 /usr/bin/python3; do
        "$python" -c "import $1" 2>/dev/null && { echo "$python"; return; }
    done
}

python=$(pythons docx)
[ -z "$python" ] || "$python" -c '
import docx
d = docx.Document("supr.docx")
heads = [p for p in d.paragraphs if p.style.name.startswith("Heading")]
c = d.core_properties
assert len(heads) > 5 and len(d.tables) > 1 and c.title and not c.author, len(heads)
' || complain "python3-docx does not take supr.docx as it should be"
python=$(pythons odf)
[ -z "$python" ] || "$python" -c '
from odf import opendocument, table, text
d = opendocument.load("supr.odt")
assert len(d.getElementsByType(text.H)) > 5 and len(d.getElementsByType(table.Table)) > 1
' || complain "python3-odf does not take supr.odt as it should be"

# ---- LibreOffice

if ! have soffice || ! have pdftotext; then
    echo "office: without soffice and pdftotext nothing is opened" >&2
    [ $bad -eq 0 ] || exit 1
    exit 0
fi

# office FORMAT FILE FOLDER: converts the file into the folder.
office() {
    timeout 300 soffice "-env:UserInstallation=file://$work/office" --headless \
        --convert-to "$1" --outdir "$3" "$2" >soffice.log 2>&1 </dev/null
    [ -s "$3/$(basename "${2%.*}").$1" ] ||
        complain "soffice makes no $1 of $2: $(cat soffice.log)"
}

# on_paper FILE WORDS: the words of a text are in the file when it is printed. Lines break
# elsewhere there, so blanks do not count.
on_paper() {
    rm -f "${1%.*}.pdf"
    office pdf "$1" .
    pdftotext -raw "${1%.*}.pdf" printed ||
        { complain "no text in the PDF of $1"; return; }
    tr -d ' \n\f' <printed >joined
    tr -s ' \n' '\n\n' <"$2" | grep '[[:alnum:]]' | sort -u | awk '
        BEGIN { getline all <"joined" }
        !index(all, $0) { print; bad = 1 }
        END { exit bad }' >lost || complain "not on paper, of $1: $(head -n 5 lost)"
    grep -q '^page 1 of [2-9]' printed || complain "$1: no number of pages on the first"
}

"$memobook" notes w.xml -f text --width 1000 --attribution side >supr.txt
sed 's/<[^>]*class="bar"[^>]*>[0-9]*</<x></g; s/<[^>]*>/ /g; s/&amp;/\&/g
     s/&#160;/ /g' "$src/tests/fixtures/office/trilingual.xhtml" >three.txt
for format in odt docx; do
    mv three-1.$format three.$format
    on_paper supr.$format supr.txt
    on_paper three.$format three.txt
    on_paper styled.$format supr.txt
done

[ -d supr.odt.d ] || exit $((bad > 0))
office odt supr.docx other
(cd other && members supr.odt >/dev/null)
headings() {
    grep -o '<text:h [^>]*' "$1" | grep -o 'outline-level="[0-9]"' | tr -d '\n'
}
[ -n "$(headings supr.odt.d/content.xml)" ] &&
    [ "$(headings supr.odt.d/content.xml)" = "$(headings other/supr.odt.d/content.xml)" ] ||
    complain "the odt and the docx have other headings"

for format in odt docx; do
    office $format "$src/tests/fixtures/office/house.fodt" house
    "$memobook" notes w.xml -o new.$format --attribution side \
        --reference house/house.$format || complain "the house's $format is not taken"
    members new.$format >/dev/null
    grep -riE 'quentin|writer house|draft\.odt|old heading|author-name|file-name' new.$format.d |
        grep -v 'urn:\|schemas' | head -n 3 >told
    [ -s told ] && complain "$format tells of the house's author: $(cat told)"
    grep -rqi 'house style' new.$format.d || complain "$format has not the house's header"
    grep -rqi 'aa0066' new.$format.d || complain "$format has not the house's colour"
done
grep -qE 'fo:page-width="(20\.0|7\.87)' new.odt.d/styles.xml ||
    complain "the odt has not the house's page"
holds new.docx word/document.xml 'w:w="11339"'
[ $bad -eq 0 ]
