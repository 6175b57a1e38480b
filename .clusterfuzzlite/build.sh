#!/bin/bash -eu
# Builds every fuzz target and lays it out as the service expects: <target>, <target>_seed_corpus.zip, <target>.dict and
# <target>.options. The service names the sanitizer; `cargo fuzz` takes coverage builds from the flags it sets.
cd "$SRC/lianpu"
case "${SANITIZER:-address}" in
  address) sanitizer=address ;;
  *) sanitizer=none ;;
esac
cargo fuzz build -O --debug-assertions --sanitizer "$sanitizer"
release=fuzz/target/$(rustc -vV | sed -n 's/^host: //p')/release
for target in $(cargo fuzz list); do
  cp "$release/$target" "$OUT/"
  zip --quiet --junk-paths --recurse-paths "$OUT/${target}_seed_corpus.zip" "corpus/seeds/$target"
  cp "fuzz/dictionaries/$target.dict" "$OUT/"
  printf '[libfuzzer]\nmax_len = 65536\ntimeout = 10\nrss_limit_mb = 1024\nmalloc_limit_mb = 512\n' >"$OUT/$target.options"
done
