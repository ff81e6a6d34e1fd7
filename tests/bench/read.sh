# Part of bench.sh: what reading a workbook costs, and notes of a long log.

head_of 'Reading it all again (memobook check); baseline: xmllint --noout'
for n in $sizes; do
    "$watch" run "$n issues" 5 -- "$MEMOBOOK" check "book-$n.xml" -- \
        xmllint --noout "book-$n.xml"
done
"$watch" run "18 issues, 50000 events" 5 -- "$MEMOBOOK" check log-50000.xml -- \
    xmllint --noout log-50000.xml
"$watch" run "its notes, as text" 5 -- "$MEMOBOOK" notes log-50000.xml -- \
    xmllint --noout log-50000.xml
