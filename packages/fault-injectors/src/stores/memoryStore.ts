import type { FaultRecord, FaultStore, KillSwitch } from '../engine/types.ts';
import { admit, claimOf, refuseStopped } from './admission.ts';

/** A store for tests, gone with its process: nothing recovers what it held. */
export function memoryStore(): FaultStore {
  const records = new Map<string, string>();
  let stopped: KillSwitch | undefined;
  const read = (id: string) => {
    const text = records.get(id);
    return text === undefined ? undefined : (JSON.parse(text) as FaultRecord);
  };
  const all = () => [...records.keys()].sort().flatMap((id) => read(id) ?? []);
  return {
    async reserve(record, step = (_name, write) => write()) {
      await step('keep the record', async () => {
        if (stopped) refuseStopped(stopped);
        admit(claimOf(record), all().map(claimOf));
        records.set(record.id, JSON.stringify(record));
      });
    },
    update: (id, change, step = (_name, write) => write()) =>
      step('update the record', async () => {
        const record = read(id);
        const next = record && change(record);
        if (next) records.set(id, JSON.stringify(next));
        return next ?? record;
      }),
    read: async (id) => read(id),
    list: async () => all().map((record) => ({ id: record.id, record })),
    remove: (id, step = (_name, write) => write()) => step('remove the record', async () => void records.delete(id)),
    stop: async (by) => void (stopped ??= { since: new Date().toISOString(), by }),
    resume: async () => void (stopped = undefined),
    stopped: async () => stopped,
    now: async () => Date.now(),
  };
}
