# Part of bench.sh: what notes cost, in every template and format. The floor is xsltproc,
# which runs the same template on the same notes document and does nothing else. Nobody is
# named (--attribution none), so that the check for names is in the figures.
#
# Times are of the processor: other programs that run meanwhile count for little. Memory
# is ru_maxrss.

templates=${BENCH_TEMPLATES:-session-notes chair-summary action-list worksheet record}
small=1000 large=10000 huge=50000
tier=none

formats='text markdown html'
[ -x "$(dirname "$MEMOBOOK")/memobook-office" ] && formats="$formats odt docx"
[ -x "$(dirname "$MEMOBOOK")/memobook-pdf" ] && formats="$formats pdf"

# Plain xsltproc knows nothing of `stock:`.
for t in $templates parts; do
    sed 's/"stock:/"/' "$here/../../templates/$t.xsl" >"$t.xsl" || exit 1
done

# room ISSUES: a meeting on that many issues, with as many events and 200 participants.
room() {
    "$tools/genmemo" "$1" >"memo-notes.xml" &&
        "$MEMOBOOK" new memo-notes.xml -o new.xml >/dev/null &&
        "$tools/genevents" "$1" "$1" 200 <new.xml >"notes-$1.xml" &&
        rm new.xml && chmod 600 "notes-$1.xml"
}

# rounds TEMPLATE ISSUES: milliseconds and KiB of xsltproc and of each format, in turns.
rounds() {
    set -- "$1" "$2" "$1, $2 issues" "$notes_runs" -- \
        xsltproc --nonet -o /dev/null "$1.xsl" "doc-$2.xml"
    for format in $formats; do
        set -- "$@" -- "$MEMOBOOK" notes "notes-$2.xml" -t "$1" -f "$format" \
            --attribution $tier
    done
    shift 2
    "$watch" cost "$@"
}

# pages TEMPLATE: of the large notes.
pages() {
    case $formats in *pdf*) ;; *) return 0 ;; esac
    "$MEMOBOOK" notes notes-$large.xml -t "$1" --attribution $tier -o n.pdf &&
        "$tools/notesdoc" n.pdf
}

room $small && room $large && room $huge || exit 1

cat <<END

Notes of $small and of $large issues, as many events, 200 participants; $notes_runs runs in turns.
ms     processor time, user and system, helpers included (median)
floor  the same of xsltproc, for the transformation alone
MB     the largest process; KB/issue: what each issue more takes, from $small to $large
pages  of pdf, and how many a second of what pdf takes more than html
target of $large issues: 3 times the floor; of pdf, 300 pages a second

END
row='%-13s %-8s %6s %6s %6s %5s %7s %6s %6s %5s %9s %6s %8s %8s %4s\n'
# shellcheck disable=SC2059
printf "$row" template format ms floor ratio MB ms floor ratio MB KB/issue pages \
    pages/s target met
for t in $templates; do
    for n in $small $large; do
        "$tools/notesdoc" "$t" $tier "notes-$n.xml" >"doc-$n.xml" || exit 1
    done
    if ! { rounds "$t" $small && rounds "$t" $large && pages "$t"; } >rounds.txt; then
        cat rounds.txt
        continue
    fi
    awk -v t="$t" -v formats="$formats" -v more=$((large - small)) -v row="$row" '
        function part(line, i) {
            split(line, v)
            return sprintf("%.0f %.0f %.2f %.0f", v[i], v[1], v[i] / v[1], v[i + 1] / 1024)
        }
        { line[NR] = $0 }
        END {
            n = split(formats, format)
            for (k = 1; k <= n; k++) {
                split(line[1], few)
                split(line[2], many)
                i = 2 * k + 1
                if (format[k] == "html")
                    html = many[i]
                pdf = format[k] == "pdf"
                rate = pdf ? line[3] / (many[i] - html) * 1000 : 0
                met = pdf ? rate >= 300 : many[i] <= 3 * many[1]
                split(part(line[1], i) " " part(line[2], i), c, " ")
                printf row, t, format[k], c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8],
                    sprintf("%.1f", (many[i + 1] - few[i + 1]) / more),
                    pdf ? line[3] : "", pdf ? sprintf("%.0f", rate) : "",
                    pdf ? ">= 300/s" : "<= 3.00", met ? "yes" : "NO"
            }
        }' rounds.txt
done

printf '\nMemory of session notes (MB, the largest process), and KB for each issue more\n'
printf '%-22s %8s %8s %8s %14s %14s\n' '' $small $large $huge "to $large" "to $huge"
for format in $formats; do
    case $format in text | odt | pdf) ;; *) continue ;; esac
    for n in $small $large $huge; do
        "$watch" cost "$format" 1 -- "$MEMOBOOK" notes "notes-$n.xml" \
            --format "$format" --attribution $tier -- true
    done | awk -v f="$format" -v a=$small -v b=$large -v c=$huge '
        { m[NR] = $2 }
        END {
            printf "%-22s %8.0f %8.0f %8.0f %14.1f %14.1f\n", f, m[1] / 1024, m[2] / 1024,
                m[3] / 1024, (m[2] - m[1]) / (b - a), (m[3] - m[2]) / (c - b)
        }'
done
