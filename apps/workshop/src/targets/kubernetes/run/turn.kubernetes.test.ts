import { afterAll, beforeAll, expect, it } from 'vitest';
import { printed } from '../../../../../../tools/kube-test-env/fixtures/printed.ts';
import { startKubeApiServer, type StartedKubeApiServer } from '../../../../../../tools/kube-test-env/start.ts';
import type { ApplySetId } from '../apply/applySet.ts';
import { isMadeBy } from '../apply/observe.ts';
import { applySetLabel } from '../apply/applySet.ts';
import { type Connected, connected } from '../testing/connected.ts';
import { takeTurn, type TurnOptions } from './turn.ts';

let server: StartedKubeApiServer;
let one: Connected;
let other: Connected;
beforeAll(async () => {
  server = await startKubeApiServer({ onProgress: printed });
  [one, other] = await Promise.all([connected(server.admin.kubeconfig), connected(server.admin.kubeconfig)]);
}, 45 * 60_000);
afterAll(async () => {
  await Promise.all([one?.[Symbol.asyncDispose](), other?.[Symbol.asyncDispose]()]);
  await server?.stop();
});

const setOf = (namespace: string): ApplySetId => ({ name: 'podscope', namespace });
const waits: string[] = [];
const options = (change: Partial<TurnOptions> = {}): TurnOptions => ({ what: 'up', signal: new AbortController().signal, makeNamespace: true, onWait: (message) => waits.push(message), renewMs: 100, goneMs: 2_000, ...change });

it('is one’s at a time, and the next one’s when it was given back; the namespace is made as an apply makes it', async () => {
  const id = setOf('turns');
  const turn = await takeTurn(one.api, id, options());
  const namespace = await one.api.read({ apiVersion: 'v1', kind: 'Namespace', name: 'turns' });
  expect(namespace !== undefined && isMadeBy(namespace, applySetLabel(id))).toBe(true);
  await expect(takeTurn(other.api, id, options({ what: 'down', makeNamespace: false }))).rejects.toMatchObject({ code: 'UP_ALREADY_RUNNING', message: expect.stringMatching(/podscope up on /u) });
  await turn?.[Symbol.asyncDispose]();
  await using again = await takeTurn(other.api, id, options({ what: 'down', makeNamespace: false }));
  expect(again?.lost.aborted).toBe(false);
});

it('of two that ask at once is one’s', async () => {
  const id = setOf('race');
  const asked = await Promise.allSettled([takeTurn(one.api, id, options()), takeTurn(other.api, id, options())]);
  expect(asked.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  for (const each of asked) if (each.status === 'fulfilled') await each.value?.[Symbol.asyncDispose]();
});

it('of one that no longer shows itself is taken over, and that one is told when it does', async () => {
  const id = setOf('dead');
  // It shows itself again only long after it was given up.
  const dead = await takeTurn(one.api, id, options({ renewMs: 5_000 }));
  await using turn = await takeTurn(other.api, id, options());
  expect(waits.at(-1)).toMatch(/whether another one is still at it \(podscope up on /u);
  await expect.poll(() => dead?.lost.aborted, { timeout: 20_000 }).toBe(true);
  expect(dead?.lost.reason).toMatchObject({ code: 'UP_ALREADY_RUNNING' });
  // What it gives back is no longer its own.
  await dead?.[Symbol.asyncDispose]();
  expect(turn?.lost.aborted).toBe(false);
  expect(await one.api.read({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'dead', name: 'podscope-turn' })).toBeDefined();
});

it('is nobody’s where there is no namespace, and it isn’t made', async () => {
  expect(await takeTurn(one.api, setOf('nowhere'), options({ what: 'down', makeNamespace: false }))).toBeUndefined();
  expect(await one.api.read({ apiVersion: 'v1', kind: 'Namespace', name: 'nowhere' })).toBeUndefined();
});
