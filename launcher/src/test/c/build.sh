#!/bin/sh
# Builds the hosted harness with sanitizers.
# usage: build.sh SOURCES TESTS GENERATED OUTPUT     (with FUZZER=1 a libFuzzer target, by clang)
set -eu

sources=$1 tests=$2 generated=$3 output=$4
set -- "$tests/harness.c"
for name in channel conversation machine operate program text; do
	set -- "$@" "$sources/$name.c"
done
common="-std=c11 -g -O1 -Wall -Wextra -DHOSTED -I$generated -I$sources -fno-omit-frame-pointer -fno-sanitize-recover=all"
mkdir -p "$(dirname "$output")"
# shellcheck disable=SC2086 # words are meant
if [ "${FUZZER:-}" ]; then
	clang $common -DFUZZER -fsanitize=fuzzer,address,undefined "$@" -o "$output"
else
	${CC:-cc} $common -fsanitize=address,undefined "$@" -o "$output"
fi
