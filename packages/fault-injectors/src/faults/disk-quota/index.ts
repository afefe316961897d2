import { open, rm, stat, statfs } from 'node:fs/promises';
import { PodscopeError } from '@podscope/core';
import { z } from 'zod';
import type { FaultOn } from '../../definition/defineFault.ts';
import { defineFault } from '../../definition/defineFault.ts';
import type { LocalTarget } from '../../definition/targets.ts';
import { ballastPath } from '../../local/leftovers.ts';

const MB = 1024 * 1024;
const PART = 4 * MB;

const params = z.object({
  megabytes: z.number().int().min(1).max(1_048_576).default(512).describe('how much the run directory grows by, MB'),
  keepFreePercent: z.number().min(8).max(99).default(12).describe('refused where less of the disk would stay free, percent; below 5 OpenSearch would take no more documents'),
});

/** Parameters of {@link diskQuota}. */
export type DiskQuotaParams = z.input<typeof params>;

interface Before {
  readonly freeBytes: number;
  readonly totalBytes: number;
}

async function disk(target: LocalTarget): Promise<Before> {
  const { bavail, blocks, bsize } = await statfs(target.runDirectory);
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
}

const sizeOf = (path: string): Promise<number | undefined> => stat(path).then(({ blocks }) => blocks * 512, () => undefined);

/** Real bytes: a file with holes takes no room. */
async function fill(path: string, bytes: number, keepFree: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    const part = Buffer.alloc(PART, 0x5a);
    for (let written = 0; written < bytes; written += PART) {
      signal.throwIfAborted();
      // Others write meanwhile.
      if (!(await keepFree())) throw new PodscopeError('FAULT_TARGET_UNFIT', 'The disk has got fuller by something else meanwhile; what was written is removed.', { hint: 'Take fewer megabytes.' });
      await file.write(part, 0, Math.min(PART, bytes - written));
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

const local: FaultOn<LocalTarget, z.output<typeof params>, Before> = {
  async observe(target, { megabytes, keepFreePercent }) {
    const before = await disk(target);
    const left = (100 * (before.freeBytes - megabytes * MB)) / before.totalBytes;
    if (left < keepFreePercent) throw new PodscopeError('FAULT_TARGET_UNFIT', `Only ${Math.max(0, left).toFixed(1)} % of the disk would stay free, less than ${keepFreePercent} %.`, { hint: 'Take fewer megabytes, or make room.' });
    return before;
  },
  plan: (_before, { megabytes }) => ({ changes: [{ kind: 'file', name: 'ballast', action: 'create', reason: `a file of ${megabytes} MB in the run directory` }] }),
  blastRadius: () => ({ unit: 'instances', count: 1, of: 1, objects: [], things: ['disk'] }),
  inject: ({ id, target, step, signal }, { megabytes, keepFreePercent }) =>
    step('fill', () =>
      fill(
        ballastPath(target, id),
        megabytes * MB,
        async () => {
          const { freeBytes, totalBytes } = await disk(target);
          return (100 * (freeBytes - PART)) / totalBytes >= keepFreePercent;
        },
        signal,
      ),
    ),
  async verify({ id, target }, { megabytes }) {
    const held = (await sizeOf(ballastPath(target, id))) ?? 0;
    const { freeBytes, totalBytes } = await disk(target);
    return { symptom: held >= megabytes * MB ? 'present' : held > 0 ? 'partial' : 'absent', findings: [`the file takes ${Math.round(held / MB)} MB; ${((100 * freeBytes) / totalBytes).toFixed(1)} % of the disk are free`] };
  },
  changedSince: async () => [],
  revert: ({ id, target, step }) => step('remove', () => rm(ballastPath(target, id), { force: true })),
  async restored({ id, target }) {
    const held = await sizeOf(ballastPath(target, id));
    return { symptom: held === undefined ? 'absent' : 'present', findings: [held === undefined ? 'the file is gone' : 'the file is there'] };
  },
};

/** Fills the run directory by a file, up to a bound, and leaves room on the disk. */
export const diskQuota = defineFault({
  id: 'disk-quota',
  title: 'The run directory grows',
  params,
  provable: 'application',
  symptom: 'In metricbeat-*, system.filesystem.used.bytes and system.filesystem.used.pct of the disk that the run directory is on step up, with no more documents in any index.',
  targets: { local },
});
