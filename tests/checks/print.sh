#!/bin/sh
# Printing on a real CUPS server, which this starts on the loopback: what is printed
# arrives, and every way in which a job does not go on is told in one line; the same from
# the screen (tests/journeys/print-server.journey), which never waits for the server.
#
# Queues: pdf, a PDF printer as cups-filters drives it; plain, whose filter passes the
# document on and notes how it was asked; slow, whose filter takes a minute; stuck, whose
# filter fails; broken, whose backend fails and whose jobs are given up then.
#
# usage: print.sh      with top_srcdir, top_builddir and MEMOBOOK, or in a build folder

src=${top_srcdir:-..} build=${top_builddir:-.}
memobook=${MEMOBOOK:-$build/memobook}
helper=$build/memobook-print
PATH=$PATH:/usr/sbin:/sbin

skip() {
    echo "print: $1" >&2
    exit 77
}

[ -x "$memobook" ] || skip "$memobook is not built"
[ -x "$helper" ] || skip "memobook-print is not built: libcups was missing"
for tool in cupsd lpadmin cupsenable lpstat pdftotext pdfinfo; do
    command -v $tool >/dev/null 2>&1 ||
        skip "there is no $tool (Debian: cups, cups-client, cups-filters, poppler-utils)"
done
server_bin=/usr/lib/cups
[ -x $server_bin/filter/pdftopdf ] || skip "there is no $server_bin/filter/pdftopdf"

umask 022
work=$(mktemp -d) || exit 1
server=
clean_up() {
    [ -z "$server" ] || {
        cancel -a
        kill "$server"
        wait "$server"
    } 2>/dev/null
    rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 1' HUP INT TERM
chmod 755 "$work"
HOME=$work/home XDG_STATE_HOME=$work/state XDG_DATA_HOME=$work/share
CUPS_SERVERROOT=$work/client
export HOME XDG_STATE_HOME XDG_DATA_HOME CUPS_SERVERROOT
unset PRINTER LPDEST CUPS_USER CUPS_ENCRYPTION
bad=0

complain() {
    echo "print: $*" >&2
    bad=$((bad + 1))
}

# ---- the server

mkdir "$work/home" "$work/client" "$work/cache" "$work/spool" "$work/spool/tmp" \
    "$work/run" "$work/log" "$work/bin" "$work/bin/backend" "$work/out" || exit 1
chmod 777 "$work/out"
for part in daemon driver filter; do
    ln -s $server_bin/$part "$work/bin/$part"
done

as_lp=
[ "$(id -u)" -ne 0 ] || as_lp='User lp
Group lp'
cat >"$work/cups-files.conf" <<END
ServerRoot $work
ServerBin $work/bin
CacheDir $work/cache
RequestRoot $work/spool
StateDir $work/run
TempDir $work/spool/tmp
AccessLog $work/log/access
ErrorLog $work/log/error
PageLog $work/log/page
FileDevice Yes
$as_lp
END

# Whether the server is up on the port $1, and it is this one and no other.
serves() {
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        kill -0 "$server" 2>/dev/null || return 1
        grep -q 'Unable to bind' "$work/log/error" 2>/dev/null && return 1
        lpstat -r >/dev/null 2>&1 && lpstat -r | grep -q 'is running' && return 0
        sleep 0.25
    done
    return 1
}

start_server() {
    port=$((20000 + ($$ + $1 * 997) % 12000))
    CUPS_SERVER=localhost:$port
    export CUPS_SERVER
    cat >"$work/cupsd.conf" <<END
LogLevel debug
Listen 127.0.0.1:$port
Browsing Off
DefaultAuthType None
<Location />
Order allow,deny
Allow localhost
</Location>
<Policy default>
<Limit All>
Order deny,allow
</Limit>
</Policy>
END
    rm -f "$work/log/error"
    cupsd -f -c "$work/cupsd.conf" -s "$work/cups-files.conf" >"$work/log/start" 2>&1 &
    server=$!
    serves && return 0
    kill "$server" 2>/dev/null
    wait "$server" 2>/dev/null
    server=
    return 1
}

start_server 1 || start_server 2 || start_server 3 ||
    skip "no CUPS server can be started here: $(head -1 "$work/log/start")"

# ---- the queues

script() {
    printf '#!/bin/sh\n%s\n' "$2" >"$1" && chmod 755 "$1"
}

# An old-fashioned driver: anything goes through the filter $1.
driver() {
    cat <<END
*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "MEMOBOOK.PPD"
*Manufacturer: "memobook"
*Product: "(test)"
*ModelName: "test"
*ShortNickName: "test"
*NickName: "test"
*PSVersion: "(3010) 0"
*cupsFilter: "text/plain 0 $1"
*cupsFilter: "application/pdf 0 $1"
*OpenUI *PageSize/Paper: PickOne
*DefaultPageSize: A4
*PageSize A4/A4: "x"
*PageSize Letter/Letter: "x"
*CloseUI: *PageSize
*OpenUI *PageRegion/Paper: PickOne
*DefaultPageRegion: A4
*PageRegion A4/A4: "x"
*PageRegion Letter/Letter: "x"
*CloseUI: *PageRegion
*OpenUI *Duplex/Sides: PickOne
*DefaultDuplex: None
*Duplex None/One: "x"
*Duplex DuplexNoTumble/Long: "x"
*Duplex DuplexTumble/Short: "x"
*CloseUI: *Duplex
*DefaultImageableArea: A4
*ImageableArea A4/A4: "0 0 595 842"
*ImageableArea Letter/Letter: "0 0 612 792"
*DefaultPaperDimension: A4
*PaperDimension A4/A4: "595 842"
*PaperDimension Letter/Letter: "612 792"
END
}

# queue NAME DEVICE FILTER [LPADMIN-OPTION…]
queue() {
    queue_name=$1 device=$2
    driver "$3" >"$work/$1.ppd"
    shift 3
    lpadmin -p "$queue_name" -E -v "$device" -P "$work/$queue_name.ppd" "$@" \
        2>"$work/log/lpadmin" || {
        cat "$work/log/lpadmin" >&2
        exit 1
    }
}

script "$work/bin/plain" "printf '%s|%s|%s|%s\\n' \"\$2\" \"\$3\" \"\$4\" \"\$5\" \
>'$work/out/asked'; exec cat \${6:+\"\$6\"}"
script "$work/bin/slow" 'exec sleep 60'
script "$work/bin/stuck" 'echo "ERROR: the ink has run dry" >&2; exit 1'
script "$work/bin/backend/broken" '[ $# -eq 0 ] || exit 1'
queue plain "file://$work/out/plain" "$work/bin/plain"
queue slow "file://$work/out/slow" "$work/bin/slow"
queue stuck "file://$work/out/stuck" "$work/bin/stuck"
queue broken broken:/x "$work/bin/plain" -o printer-error-policy=abort-job
lpadmin -p pdf -E -v "file://$work/out/pdf" -D 'The office' \
    -m lsb/usr/cupsfilters/Generic-PDF_Printer-PDF.ppd 2>/dev/null || exit 1

# ---- what is printed arrives

book=$work/secret-folder/book.xml
mkdir "$work/secret-folder"
"$memobook" new "$src/memos/supr-2011.xml" -o "$book" >/dev/null || exit 1
"$memobook" "do" "$book" 'note B(e) printed on paper 7319' >/dev/null || exit 1
"$memobook" notes "$book" >"$work/notes.txt" || exit 1
kind=text
"$memobook" notes --list | grep -q '^  pdf ' && [ -x "$build/memobook-pdf" ] && kind=pdf

# print_notes ARGUMENT…: into out/got and out/err; its status in `status`.
print_notes() {
    timeout 60 "$memobook" print "$book" "$@" >"$work/out/got" 2>"$work/out/err" </dev/null
    status=$?
}

# well WHAT: the last one was printed.
well() {
    [ $status -eq 0 ] && [ ! -s "$work/out/err" ] &&
        grep -q '^job [0-9]* on ' "$work/out/got" &&
        [ "$(tail -1 "$work/out/got")" = completed ] && return
    complain "$1: status $status: $(cat "$work/out/got" "$work/out/err")"
}

# fails WHAT PATTERN [LINE]: the last one was not, says so in one line that matches the
# pattern and says what to do; LINE is among what happened.
fails() {
    if [ $status -ne 1 ] || [ "$(wc -l <"$work/out/err")" -ne 1 ]; then
        complain "$1: status $status: $(cat "$work/out/got" "$work/out/err")"
    elif ! grep -q "$2" "$work/out/err"; then
        complain "$1 says: $(cat "$work/out/err")"
    elif [ -n "${3-}" ] && ! grep -q "^$3" "$work/out/got"; then
        complain "$1 happened so: $(cat "$work/out/got")"
    fi
}

# The text of the document in out/$1, of either kind.
text_of() {
    # A printer's own commands may stand before the document.
    if head -c 2048 "$work/out/$1" | grep -a -q '^%PDF-'; then
        pdftotext -layout "$work/out/$1" -
    else
        cat "$work/out/$1"
    fi
}

arrived() {
    text_of "$1" | grep -q 'printed on paper 7319' || complain "$1 did not get the notes"
}

print_notes --list
{ [ $status -eq 0 ] && grep -q '^  pdf  *idle  *The office$' "$work/out/got" &&
    grep -q '^  slow  *idle' "$work/out/got"; } ||
    complain "--list: $(cat "$work/out/got" "$work/out/err")"

print_notes --printer plain --copies 2 --sides long --media letter
well "two copies on both sides"
arrived plain
[ $kind = pdf ] || cmp "$work/notes.txt" "$work/out/plain" >&2 ||
    complain "the plain text is not that of memobook notes"
IFS='|' read -r user title copies options <"$work/out/asked"
[ "$user" = "$(id -un)" ] || complain "the job is $user's, not $(id -un)'s"
[ "$title" = 'memobook: session-notes' ] || complain "the job is called $title"
[ "$copies" = 2 ] || complain "$copies copies were asked for, not 2"
case " $options " in
*two-sided-long-edge* | *DuplexNoTumble*) ;;
*) complain "nobody asked for both sides: $options" ;;
esac
case " $options " in
*letter* | *Letter*) ;;
*) complain "nobody asked for Letter: $options" ;;
esac
grep -r -q secret-folder "$work/log/access" "$work/out/asked" &&
    complain "the job tells the folder"

print_notes --printer plain --sides short --paper letter
well "short side"
case " $(cat "$work/out/asked") " in
*letter* | *Letter*) ;;
*) complain "--paper letter: $(cat "$work/out/asked")" ;;
esac
[ $kind != pdf ] || pdfinfo "$work/out/plain" | grep -q '(letter)' ||
    complain "--paper letter: $(pdfinfo "$work/out/plain")"
grep -q 'two-sided-short-edge\|DuplexTumble' "$work/out/asked" ||
    complain "--sides short: $(cat "$work/out/asked")"

if [ $kind = pdf ]; then
    print_notes --printer pdf
    well "a PDF printer"
    arrived pdf
    pages=$(pdfinfo "$work/out/pdf" | sed -n 's/^Pages: *//p')
    print_notes --printer pdf --copies 2
    well "two copies on a PDF printer"
    [ "$(pdfinfo "$work/out/pdf" | sed -n 's/^Pages: *//p')" -eq $((2 * pages)) ] ||
        complain "two copies are not twice the pages"
fi

# What whoever hands them round should know is told, and they are printed; a side's only
# participant is told by what shows what the side said, and not by the worksheet.
all=$book book=$work/lone.xml
sed 's/rule="chatham-house"/rule="side-only"/' "$src/memos/supr-2011.xml" \
    >"$work/lone-memo.xml" && "$memobook" new "$work/lone-memo.xml" -o "$book" >/dev/null &&
    "$memobook" "do" "$book" 'person-add Lone VOICE, ru' 'note B(e) @ru said of the side' \
        >/dev/null || exit 1
print_notes --printer plain
{ [ $status -eq 0 ] && [ "$(tail -1 "$work/out/got")" = completed ] &&
    [ "$(cat "$work/out/err")" = "memobook: warning: Russian Federation has one \
participant: that 1 entry is attributed to the side tells who it was" ]; } ||
    complain "a lone side: status $status: $(cat "$work/out/got" "$work/out/err")"
print_notes --printer plain --template worksheet
well "a worksheet, in which no side speaks"
book=$all

# The helper by itself, with a document of its own.
cat >"$work/small.pdf" <<'END'
%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R
/Resources <</Font <</F <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>> >> >> >>
endobj
4 0 obj <</Length 54>> stream
BT /F 24 Tf 72 720 Td (small document 4471) Tj ET
     
endstream endobj
trailer <</Size 5 /Root 1 0 R>>
END
timeout 60 "$helper" --printer pdf --copies 2 --type application/pdf --media \
    iso_a4_210x297mm --title small <"$work/small.pdf" >"$work/out/got" 2>"$work/out/err"
status=$?
well "memobook-print, a PDF"
[ "$(pdftotext "$work/out/pdf" - | grep -c 'small document 4471')" -eq 2 ] ||
    complain "the PDF printer did not get two copies of the PDF"
[ "$(pdfinfo "$work/out/pdf" | sed -n 's/^Pages: *//p')" -eq 2 ] ||
    complain "two copies of a page are not two pages"
timeout 60 "$helper" --printer plain --type text/plain <"$work/notes.txt" \
    >"$work/out/got" 2>"$work/out/err"
status=$?
well "memobook-print, a text"
cmp "$work/notes.txt" "$work/out/plain" >&2 || complain "a text was changed on its way"

# Without memobook-print, through lp.
mkdir "$work/alone"
cp "$memobook" "$work/alone/memobook"
if grep -a -o '/[ -~]*libexec/memobook' "$memobook" | head -1 |
    { read -r folder && [ -x "$folder/memobook-print" ]; }; then
    echo "print: a memobook-print is installed: lp is not tried" >&2
else
    rm -f "$work/out/plain"
    "$work/alone/memobook" print "$book" -d plain -n 3 --sides long --media a4 \
        >"$work/out/got" 2>"$work/out/err"
    status=$?
    { [ $status -eq 0 ] && grep -q 'is not followed' "$work/out/got"; } ||
        complain "lp: status $status: $(cat "$work/out/got" "$work/out/err")"
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        [ -z "$(lpstat -o plain 2>/dev/null)" ] && break
        sleep 0.25
    done
    arrived plain
    IFS='|' read -r user title copies options <"$work/out/asked"
    { [ "$copies" = 3 ] && [ "$title" = 'memobook: session-notes' ]; } ||
        complain "lp was asked: $(cat "$work/out/asked")"
    "$work/alone/memobook" print "$book" -d nowhere >"$work/out/got" 2>"$work/out/err"
    status=$?
    fails "lp, an unknown printer" 'does not exist'
    PATH=/nonexistent "$work/alone/memobook" print "$book" \
        >"$work/out/got" 2>"$work/out/err"
    status=$?
    fails "neither memobook-print nor lp" 'nothing can print here.*; install'
fi

# ---- what does not go on is told

CUPS_SERVER=localhost:1 print_notes --printer plain
fails "no server" 'no print server answers at localhost:1; start CUPS'

print_notes --printer nowhere
fails "an unknown printer" 'no printer called .nowhere.; choose'

print_notes
fails "no default printer" 'no printer is the default one; choose'

lpadmin -d plain
print_notes
well "the default printer"
print_notes --list
grep -q '^\* plain ' "$work/out/got" || complain "--list does not mark the default"

cupsdisable -r 'waiting for toner' plain
print_notes --printer plain
fails "a stopped queue" 'plain is stopped: waiting for toner; job [0-9]* waits.*cancel' \
    'stopped: waiting for toner'
print_notes --printer plain --timeout 1
[ "$(lpstat -o plain | wc -l)" -eq 2 ] || complain "the jobs do not wait in the queue"
cancel -a plain
cupsenable plain

cupsreject -r 'closed for the day' plain
print_notes --printer plain
fails "a queue that takes nothing" 'takes no jobs: closed for the day; choose'
[ -z "$(lpstat -o plain)" ] || complain "a job waits where none is taken"
cupsaccept plain

lpadmin -p plain -o job-hold-until-default=indefinite
print_notes --printer plain
fails "a held job" 'is held: until it is released; lp .*cancel' 'held: until'
cancel -a plain
lpadmin -p plain -o job-hold-until-default=no-hold

print_notes --printer stuck
# What the filter said, or CUPS of it: whichever was said last.
fails "a filter that fails" 'is stopped: \(the ink has\|Filter failed\).*; lp .*cancel' \
    'stopped: '
cancel -a stuck

print_notes --printer broken
fails "a backend that fails" 'broken could not print job .*; try' 'aborted'

print_notes --printer slow --timeout 1
fails "a job that takes too long" \
    'timed out: job [0-9]* on slow was not printed in 1 seconds (processing); .*cancel'
[ -n "$(lpstat -o slow)" ] || complain "the job that took too long is not in the queue"
cancel -a slow

# begin QUEUE: a job under way, until it says that it is processing.
begin() {
    : >"$work/out/got"
    timeout 60 "$memobook" print "$book" -d "$1" >"$work/out/got" 2>"$work/out/err" &
    running=$!
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        grep -q '^processing' "$work/out/got" && return
        sleep 0.25
    done
    complain "the job is not under way: $(cat "$work/out/got" "$work/out/err")"
}

# ---- the same from the screen

play=$build/tests/journeys/play
if [ -x "$play" ]; then
    PRINTED=$work/out SERVER=$server MEMOBOOK=$memobook top_srcdir=$src \
        "$play" "$src/tests/journeys/print-server.journey"
    case $? in
    0) ;;
    77) echo "print: no terminals: the screen is not tried" >&2 ;;
    *)
        kill -CONT "$server"
        cancel -a
        complain "the journey failed"
        ;;
    esac
else
    echo "print: the journeys were not built: the screen is not tried" >&2
fi

begin slow
cancel -a slow
wait "$running"
status=$?
fails "a job that another cancels" 'was canceled by somebody else' canceled

begin slow
kill -TERM "$running"
wait "$running"
status=$?
fails "canceling" 'was canceled as you asked' canceled
[ -z "$(lpstat -o slow)" ] || complain "canceled, and still in the queue"

begin slow
kill "$server"
wait "$server" 2>/dev/null
server=
wait "$running"
status=$?
fails "a server that ends" 'stopped answering.*; job [0-9]* on slow may'

# A server without printers, on the screen too.
if start_server 4 || start_server 5; then
    lpstat -e | while read -r queue; do lpadmin -x "$queue"; done
    print_notes --list
    fails "no printers" 'the print server has no printers; add one'
    cat >"$work/none.journey" <<'END'
copy memos/supr-2011.xml
run supr-2011.xml
await Institutional framework
keys P p
await the print server has no printers; add one
keys Esc q
exit 0
END
    [ ! -x "$play" ] || MEMOBOOK=$memobook top_srcdir=$src "$play" "$work/none.journey" ||
        [ $? -eq 77 ] || complain "no printers: the journey failed"
fi

[ $bad -eq 0 ]
