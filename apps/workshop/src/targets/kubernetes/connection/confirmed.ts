import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { directoryError } from '../../../directoryError.ts';

/** A context that somebody said yes to: its name and the server behind it, since names are reused. */
export interface ConfirmedContext {
  readonly context: string;
  readonly server: string;
}

/** The folder of the Kubernetes target in the run directory. */
export const targetFolder = (runDir: string): string => join(runDir, 'kubernetes');

const fileOf = (runDir: string): string => join(targetFolder(runDir), 'contexts.json');

/** The contexts that were confirmed. A file that isn't readable as such confirms nothing. */
export function confirmedContexts(runDir: string): readonly ConfirmedContext[] {
  try {
    const parsed: unknown = JSON.parse(readFileSync(fileOf(runDir), 'utf8'));
    return Array.isArray(parsed) ? parsed.filter((each): each is ConfirmedContext => typeof each?.context === 'string' && typeof each?.server === 'string') : [];
  } catch {
    return [];
  }
}

/** True where this context of this server was confirmed. */
export function isConfirmed(runDir: string, { context, server }: ConfirmedContext): boolean {
  return confirmedContexts(runDir).some((each) => each.context === context && each.server === server);
}

/** Remembers a context. @throws PodscopeError DIRECTORY_UNUSABLE, NO_DISK_SPACE */
export function rememberContext(runDir: string, { context, server }: ConfirmedContext): void {
  if (isConfirmed(runDir, { context, server })) return;
  writeWhole(runDir, 'contexts.json', [...confirmedContexts(runDir), { context, server }]);
}

/** Writes a file of the target's folder, whole or not at all; only its owner may read it. @throws PodscopeError DIRECTORY_UNUSABLE, NO_DISK_SPACE */
export function writeWhole(runDir: string, name: string, content: unknown): void {
  const path = join(targetFolder(runDir), name);
  try {
    mkdirSync(targetFolder(runDir), { recursive: true, mode: 0o700 });
    writeFileSync(`${path}.new`, `${JSON.stringify(content, null, 1)}\n`, { mode: 0o600 });
    renameSync(`${path}.new`, path);
  } catch (cause) {
    throw directoryError(runDir, 'run directory', 'PODSCOPE_RUN_DIR', cause);
  }
}
