import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** Waits on a terminal of its own for a text, presses keys, and prints what was on the terminal; its exit code is the command's. */
const DRIVER = `
import fcntl, os, pty, select, struct, sys, termios, time
text, keys, command = sys.argv[1].encode(), bytes.fromhex(sys.argv[2]), sys.argv[3:]
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(command[0], command)
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack('HHHH', 50, 150, 0, 0))
seen, pressed, last = b'', False, time.monotonic() + 90
while time.monotonic() < last:
    if select.select([terminal], [], [], 1)[0]:
        try:
            part = os.read(terminal, 65536)
        except OSError:
            break
        if not part:
            break
        seen += part
    if not pressed and text in seen:
        os.write(terminal, keys)
        pressed = True
else:
    os.kill(pid, 9)
sys.stdout.buffer.write(seen)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) % 256)
`;

/** `podscope …` on a terminal. @param answer Keys, once a text is on it. */
export function podscopeOnTerminal(environment: NodeJS.ProcessEnv, answer: { readonly to: string; readonly keys: string }, ...args: readonly string[]): Promise<{ readonly code: number | null; readonly seen: string }> {
  const program = [process.execPath, '--conditions=@podscope/source', join(import.meta.dirname, '..', '..', 'main.ts'), ...args];
  const child = spawn('python3', ['-c', DRIVER, answer.to, Buffer.from(answer.keys).toString('hex'), ...program], { env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
  let seen = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    seen += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (code) => resolve({ code, seen }));
  });
}
