import { createWriteStream, mkdirSync } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

type PodNames = { readonly name: string; readonly namespace: string; readonly container: string; readonly containerId: string };

/** Where kubelet would put a container's log. */
export function containerLogPath(directory: string, pod: PodNames): string {
  return join(directory, `${pod.name}_${pod.namespace}_${pod.container}-${pod.containerId}.log`);
}

/** A container's log in CRI format. */
export interface ContainerLog {
  write(stream: 'stdout' | 'stderr', line: string): void;
  close(): void;
}

/** Opens a container's log. */
export function openContainerLog(directory: string, pod: PodNames): ContainerLog {
  mkdirSync(directory, { recursive: true });
  const file = createWriteStream(containerLogPath(directory, pod), { flags: 'a', mode: 0o644 });
  // A full disk must not end the supervisor.
  file.on('error', () => undefined);
  return {
    write(stream, line) {
      file.write(`${new Date().toISOString().slice(0, -1)}000000Z ${stream} F ${line}\n`);
    },
    close: () => file.end(),
  };
}

const TAIL_BYTES = 1024 * 1024;

/** The last lines of a file, at most 1 MB of them. A file that isn't there has none. */
async function tailOf(path: string, count: number): Promise<string[]> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const length = Math.min(size, TAIL_BYTES);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - length);
    const lines = buffer.toString('utf8', 0, bytesRead).split('\n');
    if (length < size) lines.shift();
    return lines.filter((line) => line !== '').slice(-count);
  } finally {
    await file.close();
  }
}

/** The last lines of a pod's containers in the order of their time, without the CRI prefix. A pod without logs has none. */
export async function podLog(directory: string, pod: string, count: number): Promise<string[]> {
  const names = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const paths = names.filter((name) => name.startsWith(`${pod}_`)).map((name) => join(directory, name));
  const read = await Promise.all(paths.map((path) => tailOf(path, count)));
  // CRI lines begin with their time, so lines of several containers sort by it.
  return read.flat().toSorted().slice(-count).map((line) => line.replace(/^\S+ (?:stdout|stderr) [FP] /, ''));
}
