/**
 * The watchdog: a shell that starts the server as its own child and ends it when standard input ends, which it does when
 * the process that holds the pipe's other end stops it, exits, or is killed by whatever signal. A shell takes about a
 * megabyte where a second Node process would take forty.
 *
 * Arguments: the log file, the directory to remove (or an empty word), tenths of a second between TERM and KILL, and
 * then the server's command line. It prints the server's process id, and ends with the server's own exit code.
 *
 * - It signals only its own child, which stays unreaped until it is waited for, so no reused process id is ever hit.
 * - The reader is a subshell because a shell cannot read and wait at once; the reader ends the server itself only if the
 *   watchdog was killed.
 */
export const WATCHDOG = `
log=$1; trash=$2; grace=$3; shift 3
unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS CLASSPATH
exec 3<&0 </dev/null
asked=
end() {
  asked=1
  kill -TERM "$pid" 2>/dev/null
  waited=0
  while kill -0 "$pid" 2>/dev/null && [ "$waited" -lt "$grace" ]; do sleep 0.1; waited=$((waited + 1)); done
  kill -KILL "$pid" 2>/dev/null
}
"$@" >>"$log" 2>&1 3<&- &
pid=$!
trap end TERM INT HUP
echo "$pid"
( exec >/dev/null; read -r _ <&3; kill -TERM "$$" 2>/dev/null || { end; rm -rf -- "$trash"; } ) &
reader=$!
exec 3<&-
wait "$pid"; code=$?
if [ -n "$asked" ]; then wait "$pid"; code=$?; fi
trap '' TERM INT HUP
kill -KILL "$reader" 2>/dev/null
wait "$reader" 2>/dev/null
if [ -n "$asked" ] && [ -n "$trash" ]; then rm -rf -- "$trash"; fi
exit "$code"
`;
