# Runs the stages of `.ci/run`, which sources this; so does its test. It needs $silence_seconds, and a place for $RUNNING_TESTS_FILE.
failed_stages=()
watchdog=$(dirname "${BASH_SOURCE[0]}")/../test/ci/watchdog.mjs

# Runs one stage under its heading. A failure is noted, and the stages after it still run; so it is with a stage that hangs.
stage() {
  local title=$1 started=$SECONDS
  shift
  printf '\n=== %s\n' "$title"
  if node "$watchdog" "$silence_seconds" "$RUNNING_TESTS_FILE" "$@"; then
    printf -- '--- %s: ok, %s s\n' "$title" $((SECONDS - started))
  else
    printf -- '--- %s: FAILED, %s s\n' "$title" $((SECONDS - started))
    failed_stages+=("$title")
  fi
}
