#!/usr/bin/env bash
# Runs lianpu for action.yml: the inputs come by the environment, so that none is read as shell. The exit is the run's; the
# reports are written whatever it is.
set -uo pipefail

reports=${INPUT_REPORTS:-lianpu-report}
events=$reports/events.ndjson
words=(run --quiet --report "events=$events" --report "json=$reports/report.json" --report "junit=$reports/junit.xml")
option() { if [[ -n $2 ]]; then words+=("$1" "$2"); fi; }
option --target "${INPUT_TARGET:-}"
option --credentials "${INPUT_CREDENTIALS:-}"
option --expectations "${INPUT_EXPECTATIONS:-}"
option --gate-on "${INPUT_GATE_ON:-}"
option --gate "${INPUT_GATE:-}"
option --shard "${INPUT_SHARD:-}"
read -r -a more <<< "${INPUT_ARGS:-}"
words+=("${more[@]}")

"$LIANPU" "${words[@]}"
exit=$?
if [[ -s $events ]]; then
    "$LIANPU" report github "$events"
    "$LIANPU" report sarif "$events" -o "$reports/lianpu.sarif"
    "$LIANPU" report markdown "$events" -o "$reports/report.md"
    cat "$reports/report.md" >> "${GITHUB_STEP_SUMMARY:-/dev/null}"
fi
exit "$exit"
