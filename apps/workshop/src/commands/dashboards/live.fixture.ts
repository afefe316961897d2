import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';

/** An object as a server keeps it. */
interface Kept {
  readonly type: string;
  readonly id: string;
  readonly references: readonly object[];
}

/** As little of OpenSearch Dashboards 2.19 as the commands ask for; what its import refuses is @podscope/saved-objects' own matter. */
export interface LiveProduct extends AsyncDisposable {
  readonly url: string;
  readonly kept: Map<string, Kept>;
  /** Headers of the imports. */
  readonly asked: IncomingMessage['headers'][];
  /** Paths of the imports, with their queries. */
  readonly imports: string[];
  /** Bodies of the exports. */
  readonly exports: object[];
}

/** Starts one on a free loopback port. */
export async function startLiveProduct(): Promise<LiveProduct> {
  const kept = new Map<string, Kept>();
  const asked: IncomingMessage['headers'][] = [];
  const imports: string[] = [];
  const exports: object[] = [];
  const answer = async (request: IncomingMessage): Promise<unknown> => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    const path = (request.url ?? '').replace(/^\/[sw]\/[^/]+/u, '').split('?')[0];
    if (path === '/api/status') return { version: { number: '2.19.4' } };
    if (path === '/api/v1/configuration/account') return { data: { tenants: { team: true } } };
    if (path === '/api/workspaces/w1') return { success: true };
    if (path === '/api/saved_objects/_bulk_get') return { saved_objects: (JSON.parse(body.toString()) as readonly Kept[]).map(({ type, id }) => kept.get(`${type}:${id}`) ?? { type, id, error: { statusCode: 404 } }) };
    if (path === '/api/saved_objects/_export') {
      exports.push(JSON.parse(body.toString()) as object);
      const { type, objects = [] } = JSON.parse(body.toString()) as { readonly type?: readonly string[]; readonly objects?: readonly Kept[] };
      const found = type === undefined ? objects.flatMap(({ type: of, id }) => kept.get(`${of}:${id}`) ?? []) : [...kept.values()].filter((each) => type.includes(each.type));
      return [...found, { exportedCount: found.length, missingRefCount: 0, missingReferences: [] }].map((line) => JSON.stringify(line)).join('\n');
    }
    asked.push(request.headers);
    imports.push(request.url ?? '');
    const file = (await new Response(new Uint8Array(body), { headers: { 'content-type': String(request.headers['content-type']) } }).formData()).get('file') as File;
    const objects = (await file.text()).trim().split('\n').map((line) => JSON.parse(line) as Kept).filter(({ type }) => type !== undefined);
    for (const object of objects) kept.set(`${object.type}:${object.id}`, object);
    return { success: true, successCount: objects.length, successResults: objects.map(({ type, id }) => ({ type, id })) };
  };
  const server = createServer((request, response) => {
    void answer(request).then((said) => response.writeHead(200, { 'osd-name': 'fixture' }).end(typeof said === 'string' ? said : JSON.stringify(said)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    kept,
    asked,
    imports,
    exports,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
