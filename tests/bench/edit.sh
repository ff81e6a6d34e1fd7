# Part of bench.sh: what recording costs.

note='note T1(b) + the wording stands as read out; общее понимание есть'

# What one edit writes: the line, and the tail that follows it.
cp log-10.xml size.xml
"$MEMOBOOK" do size.xml "$note" >/dev/null || exit 1
size=$(($(grep '^<note n="11"' size.xml | wc -c) + 20))

head_of "A recorded edit ($size bytes), through a pipe; baseline: pwrite and fdatasync"
for n in 10 50000; do
    cp "log-$n.xml" "edit-$n.xml"
    "$watch" lines "$n events before it" 500 "$note" -- "$MEMOBOOK" do "edit-$n.xml" -- \
        "$tools/append" append.bin "$size"
done

# calls COUNT FILE: "NAME CALLS" for so many edits, bytes written as "bytes".
calls() {
    cp log-10.xml strace.xml
    i=0
    while [ $i -lt "$1" ]; do
        echo "$note"
        i=$((i + 1))
    done >lines.txt
    strace -f -qq -o strace.txt "$MEMOBOOK" do strace.xml <lines.txt >/dev/null 2>&1 &&
        sed -n 's/^[0-9]* *\([a-z_0-9]*\)(\([0-9]*\).*= \([0-9-]*\).*/\1 \2 \3/p' \
            strace.txt | awk '{ calls[$1]++ }
                $1 == "pwrite64" && $3 > 0 { bytes += $3 }
                END { for (c in calls) print c, calls[c]; print "(bytes)", bytes + 0 }' \
            >"$2"
}

if command -v strace >/dev/null 2>&1 && calls 10 few.txt && calls 210 many.txt; then
    printf '\nSystem calls of one edit (of 200; reading the line and the answer included)\n'
    awk 'NR == FNR { few[$1] = $2; next }
        $2 != few[$1] { printf "%-46s %9.2f\n", $1, ($2 - few[$1]) / 200 }' \
        few.txt many.txt | sort
else
    printf '\nSystem calls of one edit: not measured, strace is missing or may not trace\n'
fi
