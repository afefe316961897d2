import { PodscopeError } from '@podscope/core';

const FULL: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT']);
const REFUSED: ReadonlySet<unknown> = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'EISDIR', 'ENOENT', 'ELOOP', 'ENAMETOOLONG']);

/**
 * What to say when one of our directories cannot be written to; any other error comes back as it is.
 *
 * @param what such as `run directory`.
 * @param variable that names another one.
 */
export function directoryError(directory: string, what: string, variable: string, cause: unknown): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (FULL.has(code)) {
    return new PodscopeError('NO_DISK_SPACE', `The disk of the ${what} ${directory} is full.`, {
      hint: `Make room, or set ${variable} to a directory on another disk.`,
      cause,
    });
  }
  if (!REFUSED.has(code)) return cause;
  return new PodscopeError('DIRECTORY_UNUSABLE', `The ${what} ${directory} cannot be written to (${String(code)}).`, {
    hint: `Give it to this user, or set ${variable} to a directory that is.`,
    cause,
  });
}
