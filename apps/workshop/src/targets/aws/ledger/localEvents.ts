import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of the AWS target in the run directory. */
export const folderOf = (runDir: string): string => join(runDir, 'aws');

/** An event of which this run directory has a ledger. */
export interface LocalEvent {
  readonly event: string;
  readonly region: string;
  readonly changedAt: number;
}

/** The events that this machine knows of, the one that was changed last first. */
export function localEvents(runDir: string): readonly LocalEvent[] {
  let names: readonly string[];
  try {
    names = readdirSync(folderOf(runDir));
  } catch {
    return [];
  }
  return names
    .flatMap((name) => {
      const [, event, region] = /^([a-z0-9-]+)\.([a-z0-9-]+)\.json$/u.exec(name) ?? [];
      return event === undefined || region === undefined ? [] : [{ event, region, changedAt: statSync(join(folderOf(runDir), name), { throwIfNoEntry: false })?.mtimeMs ?? 0 }];
    })
    .toSorted((a, b) => b.changedAt - a.changedAt);
}
