import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { FAULT_VARIABLE, lives, processesOfFault, signalProcess } from './processes.ts';

/** How long the kernel may take for a KILL. */
const GONE_MS = 5_000;

/**
 * Every strain ends by itself: after its time, or when it is somebody else's child whose time can't be known. It says that it is ready on stdout,
 * which nobody need read.
 */
const END = 'setTimeout(() => process.exit(0), Number(process.argv[1]) * 1000);';

/** Works for a share of each tenth of a second. */
export const BURN = `${END}
const share = Number(process.argv[2]);
const turn = () => { const until = performance.now() + 100 * share; while (performance.now() < until); setTimeout(turn, 100 * (1 - share)); };
turn();`;

/**
 * Fills memory, in parts so that the machine can follow, and keeps its pages in use. The kernel is told to end it before anything else when
 * memory runs out (man 5 proc_pid_oom_score_adj: everybody may raise his own). Where that can't be said, nothing is held: it would not be safe.
 */
export const HOLD_MEMORY = `${END}
if (process.platform === 'linux') require('node:fs').writeFileSync('/proc/self/oom_score_adj', '1000');
const parts = [];
const most = Number(process.argv[2]);
const grow = () => { if (parts.length < most) { parts.push(Buffer.alloc(1048576, 1 + parts.length % 255)); setTimeout(grow, 1); } };
grow();
setInterval(() => { for (const part of parts) part[0] = (part[0] + 1) % 256; }, 1000);`;

/**
 * Starts a process that strains this machine, at the lowest priority, and lets it go on without us. It carries the fault's id in its environment:
 * whoever reverts finds it, whatever was written down.
 */
export async function startStrain(id: string, program: string, seconds: number, argument: number): Promise<void> {
  // In a session of its own: a Ctrl-C of the injector's terminal is not its end, the revert is.
  const child = spawn(process.execPath, ['-e', program, String(seconds), String(argument)], { detached: true, stdio: 'ignore', env: { [FAULT_VARIABLE]: id } });
  await once(child, 'spawn');
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
  child.unref();
}

/** Ends every strain of a fault. */
export async function endStrains(id: string): Promise<void> {
  const running = processesOfFault(id);
  for (const each of running) signalProcess(each, 'SIGKILL');
  const deadline = Date.now() + GONE_MS;
  while (running.some(lives) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
}
