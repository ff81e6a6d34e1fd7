# Runs each fuzz target over its corpus, as plain regression inputs.
src=${top_srcdir:-.}/tests/fuzz build=${top_builddir:-.}/tests/fuzz status=0
for source in "$src"/fuzz_*.c; do
    name=$(basename "$source" .c)
    "$build/$name" "$src/corpus/${name#fuzz_}" || status=1
done
exit $status
