import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { BuildOptions } from '../../go-programs/build.ts';
import { obtainKubeProgram } from '../programs.ts';
import type { KubeUser } from '../start.ts';

/** How kubectl is called. */
export interface KubectlOptions {
  /** Given as its standard input. */
  readonly stdin?: string;
  /** As whom. @default the admin */
  readonly as?: KubeUser;
}

/** What kubectl said. */
export interface KubectlResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
}

/** Runs kubectl, of the server's version, in a folder of its own: it sees no configuration of this machine, and caches what it discovers there. */
export async function runKubectl(args: readonly string[], { root, user, stdin = '', ...options }: { readonly root: string; readonly user: KubeUser; readonly stdin?: string | undefined } & BuildOptions): Promise<KubectlResult> {
  const program = await obtainKubeProgram('kubectl', options);
  const kubeconfig = join(root, `kubectl-${randomUUID()}.kubeconfig`);
  await writeFile(kubeconfig, user.kubeconfig, { mode: 0o600 });
  try {
    const child = spawn(program, args, { env: { PATH: process.env['PATH'] ?? '', HOME: root, KUBECONFIG: kubeconfig }, stdio: ['pipe', 'pipe', 'pipe'] });
    // It may end before it has read all.
    child.stdin.on('error', () => child.stdin.destroy());
    child.stdin.end(stdin);
    const [stdout, stderr, [exitCode]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close') as Promise<[number | null]>]);
    return { stdout, stderr, exitCode };
  } finally {
    await rm(kubeconfig, { force: true });
  }
}
