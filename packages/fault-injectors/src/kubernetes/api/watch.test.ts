import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { answer, line, listing, pod, startScript, watching, type Step } from './testing/scriptedServer.ts';
import type { KubernetesApi, WatchEvent } from './types.ts';

const pods = { apiVersion: 'v1', kind: 'Pod', namespace: 'default' };
const gone = { kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version: 5 (9)' };

const said = (event: WatchEvent<string>): string => (event.type === 'initial' ? 'initial' : `${event.type} ${event.object}`);

/** What a watch tells until it told so many things. */
async function told(api: KubernetesApi, count: number, signal = new AbortController().signal): Promise<string[]> {
  const events: string[] = [];
  for await (const event of api.watch(pods, { signal, project: ({ metadata }) => `${metadata.name}@${metadata.resourceVersion}` })) {
    events.push(said(event));
    if (events.length === count) break;
  }
  return events;
}

describe('a watch', () => {
  it('tells the list, that it was the list, and what changes', async () => {
    await using script = await startScript([listing('5', [pod('a', '1'), pod('b', '5')]), watching(line('MODIFIED', pod('a', '6')) + line('DELETED', pod('b', '7')) + line('ADDED', pod('c', '8')))]);
    expect(await told(script.api, 6)).toEqual(['added a@1', 'added b@5', 'initial', 'modified a@6', 'deleted b@7', 'added c@8']);
    expect(Object.fromEntries(script.asked[1]?.query ?? [])).toMatchObject({ watch: 'true', allowWatchBookmarks: 'true', resourceVersion: '5' });
  });

  it.each<[string, Step]>([
    ['says so in the stream', watching(line('ERROR', gone))],
    ['says so at once', ({ response }) => answer(response, 410, gone)],
    ['fails in the stream', watching(line('ERROR', { kind: 'Status', code: 500, message: 'etcdserver: no leader' }))],
  ])('reads the list again and tells the differences when the server forgot its version, which %s', async (_how, step) => {
    const before = [pod('same', '1'), pod('changed', '2'), pod('deleted', '3'), pod('anew', '4')];
    const after = [pod('same', '1'), pod('changed', '7'), pod('anew', '8', 'another'), pod('new', '9')];
    await using script = await startScript([listing('5', before), step, listing('9', after), watching('')]);
    expect((await told(script.api, 10)).slice(4)).toEqual(['initial', 'modified changed@7', 'deleted anew@4', 'added anew@8', 'added new@9', 'deleted deleted@3']);
  });

  it('goes on where it stood when its connection ends or is cut, inside of a line and of a character too', async () => {
    const half = Buffer.from(line('MODIFIED', { ...pod('a', '7'), note: 'ä'.repeat(10) }));
    const umlaut = half.indexOf('ä') + 1;
    await using script = await startScript([
      listing('5', [pod('a', '1')]),
      watching(line('MODIFIED', pod('a', '6')) + line('BOOKMARK', { metadata: { resourceVersion: '60' } }), 'end'),
      watching([half.subarray(0, umlaut)], 'cut'),
      watching([half.subarray(0, umlaut), half.subarray(umlaut, umlaut + 5), half.subarray(umlaut + 5)], 'cut'),
      watching(line('DELETED', pod('a', '8'))),
    ]);
    expect(await told(script.api, 5)).toEqual(['added a@1', 'initial', 'modified a@6', 'modified a@7', 'deleted a@8']);
    expect(script.asked.slice(1).map(({ query }) => query.get('resourceVersion'))).toEqual(['5', '60', '60', '7']);
  });

  it('tells nothing twice that the server repeats', async () => {
    await using script = await startScript([listing('5', [pod('a', '5')]), watching(line('ADDED', pod('a', '5')) + line('DELETED', pod('gone', '6')) + line('ADDED', pod('b', '7')))]);
    expect(await told(script.api, 3)).toEqual(['added a@5', 'initial', 'added b@7']);
  });

  it('reads a list in pages, and begins anew when the first page has expired', async () => {
    await using script = await startScript([listing('5', [pod('a', '1'), pod('b', '2')], 'more'), ({ response }) => answer(response, 410, gone), listing('9', [pod('a', '1')], 'again'), listing('9', [pod('c', '9')])]);
    expect(await told(script.api, 5)).toEqual(['added a@1', 'added b@2', 'added c@9', 'deleted b@2', 'initial']);
    expect(script.asked.map(({ query }) => query.get('continue'))).toEqual([null, 'more', null, 'again']);
  });

  it('ends at once with its signal, wherever it is', async () => {
    const silent: Step = () => undefined;
    for (const [steps, count] of [[[silent], 0], [[listing('5', [pod('a', '1')]), silent], 2], [[listing('5', [pod('a', '1')]), watching('')], 2]] as const) {
      await using script = await startScript(steps);
      const stop = new AbortController();
      const events: string[] = [];
      const ended = (async () => {
        for await (const event of script.api.watch(pods, { signal: stop.signal, project: ({ metadata }) => metadata.name })) events.push(said(event));
      })();
      while (script.asked.length < steps.length) await new Promise((resolve) => setTimeout(resolve, 5));
      const last = script.asked.at(-1)?.response;
      stop.abort();
      await ended;
      expect(events).toHaveLength(count);
      if (last?.destroyed === false) await once(last, 'close');
    }
    await using script = await startScript([]);
    expect(await told(script.api, 1, AbortSignal.abort())).toEqual([]);
    expect(script.asked).toEqual([]);
  });

  it('closes its connection when nobody reads on', async () => {
    await using script = await startScript([listing('5', [pod('a', '1')]), watching(line('ADDED', pod('b', '6')))]);
    await told(script.api, 3);
    const last = script.asked[1]?.response;
    if (last?.destroyed === false) await once(last, 'close');
  });

  it('takes no more than is read of it', async () => {
    let flushed = 0;
    const big = line('MODIFIED', { ...pod('a', '6'), note: 'x'.repeat(100_000) });
    await using script = await startScript([
      listing('5', [pod('a', '1')]),
      ({ response }) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        // 100 MB, as fast as they are taken.
        const write = (): void => void response.write(big, (error) => (error || (flushed += 1) === 1_000 ? undefined : write()));
        write();
      },
    ]);
    const events = script.api.watch(pods, { signal: new AbortController().signal })[Symbol.asyncIterator]();
    for (let times = 0; times < 3; times += 1) await events.next();
    let before = -1;
    while (flushed !== before) {
      before = flushed;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(flushed).toBeLessThan(900);
    await events.return?.();
  });

  it('fails where the server refuses it', async () => {
    const refused: Step = ({ response }) => answer(response, 403, { message: 'pods is forbidden: User "alice" cannot watch resource "pods" in API group "" in the namespace "default"' });
    // Asked once more, because a server that has just begun refuses everything.
    await using script = await startScript([listing('5', []), refused, refused]);
    await expect(told(script.api, 9)).rejects.toMatchObject({ code: 'KUBE_FORBIDDEN', message: expect.stringContaining('may not watch pods in namespace default') });
  });
});

describe('a request', () => {
  const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'm', namespace: 'default' } };
  const made: Step = ({ response }) => answer(response, 200, map);
  const cut: Step = ({ response }) => void response.destroy();
  const busy = (status: number): Step => ({ response }) => answer(response, status, { message: 'busy' }, { 'retry-after': '0' });

  it('that a busy server turns away is sent again', async () => {
    await using script = await startScript([busy(429), busy(503), busy(429), made]);
    expect(await script.api.apply(map)).toMatchObject({ object: { kind: 'ConfigMap' } });
    expect(script.asked).toHaveLength(4);
  });

  it('that nothing guards is not sent again once it was on its way', async () => {
    await using script = await startScript([made, cut, made]);
    await script.api.read({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default', name: 'm' });
    await expect(script.api.patch({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default', name: 'm' }, { data: { a: 'b' } })).rejects.toMatchObject({ code: 'KUBE_UNREACHABLE' });
    expect(script.asked.map(({ method }) => method)).toEqual(['GET', 'PATCH']);
  });

  it('that makes something is looked into when its answer was lost and the name is taken', async () => {
    const taken: Step = ({ response }) => answer(response, 409, { reason: 'AlreadyExists', message: 'configmaps "m" already exists' });
    for (const [data, result] of [[{ a: 'b' }, { object: { data: { a: 'b' } } }], [{ a: 'other' }, undefined]] as const) {
      await using script = await startScript([made, cut, taken, ({ response }) => answer(response, 200, { ...map, data })]);
      await script.api.read({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default', name: 'm' });
      const creating = script.api.create({ ...map, data: { a: 'b' } });
      if (result === undefined) await expect(creating).rejects.toMatchObject({ code: 'KUBE_CONFLICT' });
      else expect(await creating).toMatchObject(result);
    }
  });
});
