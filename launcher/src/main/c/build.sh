#!/bin/sh
# Builds the launcher for this machine, and for the other architecture where its cross compiler is installed.
# usage: build.sh SOURCES GENERATED TARGET RESOURCES
# TARGET/<architecture>/confine is the launcher, and RESOURCES/<architecture>/confine a copy that goes into the jar.
# CC and CROSS_CC name the compilers.
set -eu

sources=$1 generated=$2 target=$3 resources=$4

build() { # COMPILER STRIP ARCHITECTURE
	out=$target/$3
	mkdir -p "$out"
	# shellcheck disable=SC2086 # a compiler may come with options
	$1 -std=c11 -Os -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wvla -Werror \
		-ffreestanding -fno-pic -fno-stack-protector -fno-asynchronous-unwind-tables -fno-unwind-tables \
		-fno-tree-loop-distribute-patterns -fno-ident -ffunction-sections -fdata-sections \
		-nostdlib -static -no-pie -Wl,--gc-sections,--build-id=none,-z,noseparate-code,-z,noexecstack \
		-I"$generated" -I"$sources" "$sources"/*.c -o "$out/confine.debug"
	unresolved=$(nm -u "$out/confine.debug")
	if [ -n "$unresolved" ]; then
		echo "the launcher for $3 needs symbols that nobody has: $unresolved" >&2
		exit 1
	fi
	"$2" -R .comment -o "$out/confine.new" "$out/confine.debug"
	mv "$out/confine.new" "$out/confine"
	mkdir -p "$resources/$3"
	cp "$out/confine" "$resources/$3/confine"
}

case $(uname -m) in
x86_64) native=x86_64 other=aarch64 ;;
aarch64 | arm64) native=aarch64 other=x86_64 ;;
*)
	echo "confine is built on x86_64 and aarch64, not on $(uname -m)" >&2
	exit 1
	;;
esac

build "${CC:-cc}" strip $native

cross=${CROSS_CC:-$other-linux-gnu-gcc}
if command -v "$cross" >/dev/null; then
	build "$cross" $other-linux-gnu-strip $other
fi
