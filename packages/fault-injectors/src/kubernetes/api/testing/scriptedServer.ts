import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectKubernetes } from '../api.ts';
import type { KubernetesApi } from '../types.ts';

/** A request of the script, without the host. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly response: ServerResponse;
}

/** What the server says to the first, the second, … request. */
export type Step = (asked: Asked) => void | Promise<void>;

/**
 * A mock of an API server that says what it is told to, in that order: for what a real one does only by chance, such as forgetting a
 * version between two watches. What it says is taken from real servers.
 */
export async function startScript(steps: readonly Step[]): Promise<{ readonly api: KubernetesApi; readonly asked: readonly Asked[] } & AsyncDisposable> {
  const asked: Asked[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    request.resume();
    const url = new URL(request.url ?? '', 'http://script.test');
    if (url.pathname === '/readyz') return response.end('ok');
    if (url.pathname === '/api/v1') return answer(response, 200, { resources: [{ name: 'pods', kind: 'Pod', namespaced: true }, { name: 'configmaps', kind: 'ConfigMap', namespaced: true }] });
    const one: Asked = { method: request.method ?? '', path: url.pathname, query: url.searchParams, response };
    const step = steps[asked.push(one) - 1];
    if (step === undefined) response.destroy();
    else void step(one);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const folder = await mkdtemp(join(tmpdir(), 'podscope-script-'));
  const config = {
    clusters: [{ name: 'script', cluster: { server: `http://127.0.0.1:${(server.address() as AddressInfo).port}` } }],
    contexts: [{ name: 'script', context: { cluster: 'script' } }],
    'current-context': 'script',
  };
  await writeFile(join(folder, 'kubeconfig'), JSON.stringify(config));
  const api = await connectKubernetes({ kubeconfig: join(folder, 'kubeconfig') });
  return {
    api,
    asked,
    async [Symbol.asyncDispose]() {
      api.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Answers with JSON. */
export function answer(response: ServerResponse, status: number, body: object, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** A pod. */
export const pod = (name: string, resourceVersion: string, uid = `uid-${name}`): object => ({ metadata: { name, namespace: 'default', uid, resourceVersion } });

/** A step that answers with a list. */
export const listing = (resourceVersion: string, items: readonly object[], more?: string): Step => ({ response }) => answer(response, 200, { metadata: { resourceVersion, ...(more === undefined ? {} : { continue: more }) }, items });

/** A line of a watch. */
export const line = (type: string, object: object): string => `${JSON.stringify({ type, object: { apiVersion: 'v1', kind: 'Pod', ...object } })}\n`;

/** A step that opens a watch, says this, and leaves it open, ends it, or cuts it. */
export const watching = (text: string | readonly Buffer[], then: 'open' | 'end' | 'cut' = 'open'): Step => async ({ response }) => {
  response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
  for (const part of typeof text === 'string' ? [Buffer.from(text)] : text) {
    await new Promise((resolve) => response.write(part, resolve));
    // So that it arrives by itself.
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  if (then === 'end') response.end();
  if (then === 'cut') response.destroy();
};
