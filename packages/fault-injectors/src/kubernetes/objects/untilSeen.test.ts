import { describe, expect, it } from 'vitest';
import type { KubernetesApi, KubernetesObject, WatchEvent } from '../api/types.ts';
import { type Judgement, untilSeen } from './untilSeen.ts';

const pod = (name: string, more: object = {}): KubernetesObject => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name, uid: name }, ...more });

type Told = { readonly type: 'added' | 'modified' | 'deleted'; readonly object: KubernetesObject } | 'initial' | Error;

/** An API whose watch tells what it is given, one after the other, and then nothing more: what a real one tells is tried on a cluster. */
function telling(told: readonly Told[]): { readonly api: KubernetesApi; readonly ended: Promise<void> } {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  async function* watch(_: unknown, { project, signal }: { readonly project: (object: KubernetesObject) => unknown; readonly signal: AbortSignal }): AsyncGenerator<WatchEvent<unknown>> {
    try {
      for (const each of told) {
        if (each instanceof Error) throw each;
        yield each === 'initial' ? { type: 'initial' } : { type: each.type, object: project(each.object) };
        await new Promise((resolve) => setImmediate(resolve));
      }
      await new Promise<void>((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true })));
    } finally {
      end();
    }
  }
  return { api: { watch } as unknown as KubernetesApi, ended };
}

const count = (wanted: number) => ({ pods }: { readonly pods: readonly string[] }): Judgement => ({ symptom: pods.length === wanted ? 'present' : pods.length > 0 ? 'partial' : 'absent', findings: [...pods].sort() });
const sight = (judge: ReturnType<typeof count>, more: object = {}) => ({ watched: { pods: { selection: { apiVersion: 'v1', kind: 'Pod' }, project: ({ metadata }: KubernetesObject) => metadata.name } }, judge, signal: new AbortController().signal, waitMs: 50, ...more });

describe('a look by watching', () => {
  it('is over as soon as the symptom is there, and ends its watch', async () => {
    const { api, ended } = telling([{ type: 'added', object: pod('a') }, 'initial', { type: 'added', object: pod('b') }, { type: 'modified', object: pod('b') }]);
    expect(await untilSeen<{ pods: string }>(api, sight(count(2), { waitMs: 60_000 }))).toEqual({ symptom: 'present', findings: ['a', 'b'] });
    await ended;
  });

  it('judges nothing before everything is listed', async () => {
    const { api } = telling([{ type: 'added', object: pod('a') }, { type: 'added', object: pod('b') }, 'initial']);
    expect(await untilSeen<{ pods: string }>(api, sight(count(1)))).toEqual({ symptom: 'partial', findings: ['a', 'b'] });
  });

  it('forgets what was deleted', async () => {
    const { api } = telling([{ type: 'added', object: pod('a') }, 'initial', { type: 'deleted', object: pod('a') }]);
    expect(await untilSeen<{ pods: string }>(api, sight(count(0), { final: ['absent'] }))).toMatchObject({ findings: [] });
  });

  it('says what it saw last when nothing happens any more', async () => {
    const { api, ended } = telling(['initial', { type: 'added', object: pod('a') }]);
    expect(await untilSeen<{ pods: string }>(api, sight(count(9)))).toEqual({ symptom: 'partial', findings: ['a'] });
    await ended;
  });

  it('does not wait where waiting changes nothing', async () => {
    const { api } = telling(['initial']);
    expect(await untilSeen<{ pods: string }>(api, sight(() => ({ symptom: 'absent', findings: ['gone'], wait: false }), { waitMs: 60_000 }))).toEqual({ symptom: 'absent', findings: ['gone'] });
  });

  it('fails when a watch does, and ends with its signal', async () => {
    await expect(untilSeen<{ pods: string }>(telling([new Error('no right')]).api, sight(count(1)))).rejects.toThrow('no right');
    const ending = new AbortController();
    const look = untilSeen<{ pods: string }>(telling([{ type: 'added', object: pod('a') }]).api, sight(count(1), { signal: ending.signal }));
    ending.abort(new Error('enough'));
    await expect(look).rejects.toThrow('enough');
  });
});
