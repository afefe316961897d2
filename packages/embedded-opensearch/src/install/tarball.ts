import { mkdir, rm } from 'node:fs/promises';
import { posix } from 'node:path';
import { PodscopeError } from '@podscope/core';
import { extract } from 'tar';

/** What an archive's entry says about itself. */
export interface ArchiveEntry {
  readonly path: string;
  readonly type: string;
  readonly linkpath?: string | undefined;
}

function leaves(path: string): boolean {
  const normal = posix.normalize(path);
  return posix.isAbsolute(path) || normal === '..' || normal.startsWith('../') || path.includes('\0') || path.includes('\\');
}

/** Why an entry may not be unpacked: it would write, or lead, out of the target. Undefined when it may. */
export function refusalOf(entry: ArchiveEntry): string | undefined {
  if (leaves(entry.path)) return `${entry.path} lies outside`;
  switch (entry.type) {
    case 'File':
    case 'OldFile':
    case 'Directory':
      return undefined;
    case 'SymbolicLink': {
      const link = entry.linkpath ?? '';
      const first = entry.path.split('/')[0] ?? '';
      const target = posix.join(posix.dirname(entry.path), link);
      // The first part is stripped, so a link may not lead above it either.
      const inside = !posix.isAbsolute(link) && !leaves(target) && (target === first || target.startsWith(`${first}/`));
      return inside ? undefined : `${entry.path} links to ${link}`;
    }
    default:
      return `${entry.path} is a ${entry.type}`;
  }
}

/**
 * Unpacks a verified archive into `target` without its first folder. Nothing is written outside; links that lead out,
 * hard links and devices end it, and `target` is removed.
 *
 * @throws PodscopeError `OPENSEARCH_CORRUPT_DOWNLOAD` when an entry is refused or the archive is damaged.
 */
export async function extractTarball(archive: string, target: string): Promise<void> {
  await mkdir(target, { recursive: true });
  const refused: string[] = [];
  let failure: unknown;
  try {
    await extract({
      file: archive,
      cwd: target,
      strip: 1,
      strict: true,
      preserveOwner: false,
      filter(path, entry) {
        if (refused.length > 0) return false;
        const { type, linkpath } = 'type' in entry ? entry : { type: 'File', linkpath: undefined };
        const refusal = refusalOf({ path, type, linkpath });
        if (refusal !== undefined) refused.push(refusal);
        return refusal === undefined;
      },
    });
  } catch (error) {
    failure = error;
  }
  if (refused.length === 0 && failure === undefined) return;
  // Files that were being written when the archive broke off may still appear.
  await rm(target, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  const why = refused[0] ?? (failure instanceof Error ? failure.message : String(failure));
  throw new PodscopeError('OPENSEARCH_CORRUPT_DOWNLOAD', `The archive ${archive} can't be unpacked safely: ${why}.`, {
    hint: 'Nothing of it was kept. Install through Maven or name a home.',
    ...(failure === undefined ? {} : { cause: failure }),
  });
}
