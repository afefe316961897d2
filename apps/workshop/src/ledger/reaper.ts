import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Writable } from 'node:stream';
import type { Ledger } from './ledger.ts';
import { OWNER_VARIABLE } from './processes.ts';

/**
 * Reads `+ <pid> <start>` and `- <pid>` until the pipe ends, which happens when the supervisor dies by whatever signal.
 * Then it ends what is left: TERM, at most 6 s, KILL. A shell needs about 1 MB, another Node 40.
 *
 * Processes that were started but not yet reported are found by the owner in their environment.
 */
const SCRIPT = `
trap '' INT TERM HUP
list=' '
while read -r sign pid start; do
  case $sign in
    +) list="$list$pid:$start " ;;
    -) new=' '; for each in $list; do case $each in "$pid":*) ;; *) new="$new$each " ;; esac; done; list=$new ;;
  esac
done
lives() {
  [ -r /proc/self/stat ] || { kill -0 "$1" 2>/dev/null; return; }
  { read -r stat < /proc/$1/stat; } 2>/dev/null || return 1
  set -- "$2" \${stat##*) }
  [ "$2" != Z ] && { [ -z "$1" ] || [ "\${21}" = "$1" ]; }
}
owned() {
  [ -r /proc/self/environ ] || return 0
  for file in $(grep -lsza "^$0$" /proc/[0-9]*/environ 2>/dev/null); do
    pid=\${file#/proc/}; pid=\${pid%/environ}
    [ "$pid" = $$ ] || list="$list$pid: "
  done
}
each_living() {
  left=0
  for each in $list; do
    if lives "\${each%%:*}" "\${each#*:}"; then left=1; kill "$1" "\${each%%:*}" 2>/dev/null; fi
  done
  [ $left = 1 ]
}
owned
each_living -TERM || exit 0
for turn in 1 2 3 4 5 6; do sleep 1; each_living -0 || exit 0; done
owned
each_living -KILL
exit 0
`;

/** The process that cleans up after this one. */
export interface Reaper {
  /** Undefined for the moment between its death and its successor. */
  readonly pid: number | undefined;
  close(): void;
}

export interface ReaperHooks {
  readonly onStart?: (pid: number) => void;
  /** Told why it ended although nobody asked it to. */
  readonly onLoss?: (reason: string) => void;
}

/** One that ends sooner than this is not started again at once. Milliseconds. */
const SETTLED = 5_000;
const PAUSE = 1_000;

function spawnReaper(ledger: Ledger): ChildProcessByStdio<Writable, null, null> {
  // A session of its own: a Ctrl-C in the terminal must not end the one who cleans up after it.
  const child = spawn('/bin/sh', ['-c', SCRIPT, `${OWNER_VARIABLE}=${ledger.owner}`], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    cwd: '/',
    env: { PATH: '/usr/local/bin:/usr/bin:/bin' },
  });
  child.stdin.on('error', () => child.stdin.destroy());
  child.unref();
  for (const { pid, start } of ledger.content.processes) if (pid !== null) child.stdin.write(`+ ${pid} ${start ?? ''}\n`);
  return child;
}

/**
 * Starts the reaper of this process and tells it of everything that the ledger records. One that is killed is replaced.
 *
 */
export function startReaper(ledger: Ledger, hooks: ReaperHooks = {}): Reaper {
  let closed = false;
  let child: ReturnType<typeof spawnReaper> | undefined;
  const start = (): void => {
    if (closed) return;
    const began = performance.now();
    const mine = spawnReaper(ledger);
    child = mine;
    if (mine.pid !== undefined) hooks.onStart?.(mine.pid);
    const onEnd = (reason: string): void => {
      if (closed || child !== mine) return;
      child = undefined;
      hooks.onLoss?.(reason);
      if (performance.now() - began > SETTLED) start();
      else setTimeout(start, PAUSE).unref();
    };
    mine.once('error', (error) => onEnd(error.message));
    mine.once('exit', (code, signal) => onEnd(signal ?? `exit code ${code}`));
  };
  start();
  ledger.onChange((line) => {
    if (child?.stdin.writable === true) child.stdin.write(`${line}\n`);
  });
  return {
    get pid() {
      return child?.pid;
    },
    close() {
      closed = true;
      child?.stdin.end();
    },
  };
}
