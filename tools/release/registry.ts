import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './workspace.ts';

/** A registry of our own scope on loopback. */
export interface LocalRegistry extends AsyncDisposable {
  readonly url: string;
  /** The lines of an `.npmrc` that sends our scope here and leaves all others where they are. */
  readonly npmrc: string;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/** Starts a verdaccio that knows our scope only and asks no other registry. */
export async function startRegistry(): Promise<LocalRegistry> {
  const folder = await mkdtemp(join(tmpdir(), 'podscope-registry-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  await writeFile(
    join(folder, 'config.yaml'),
    `storage: ${folder}/storage
auth: { htpasswd: { file: ${folder}/htpasswd } }
uplinks: {}
packages:
  '@podscope/*': { access: $all, publish: $all, unpublish: $all }
log: { type: stdout, format: pretty, level: warn }
`,
  );
  const child = spawn(process.execPath, [join(root, 'node_modules/verdaccio/bin/verdaccio'), '--config', join(folder, 'config.yaml'), '--listen', `127.0.0.1:${port}`], { stdio: 'ignore' });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  for (let attempt = 0; ; attempt++) {
    const up = await fetch(`${url}-/ping`).then((answer) => answer.ok, () => false);
    if (up) break;
    if (attempt > 150 || child.exitCode !== null) throw new Error('The local registry did not start.');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return {
    url,
    npmrc: `@podscope:registry=${url}\n//127.0.0.1:${port}/:_authToken=local\n`,
    async [Symbol.asyncDispose]() {
      child.kill();
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
