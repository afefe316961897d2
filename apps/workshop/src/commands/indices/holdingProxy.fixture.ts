import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Passes requests on to a server; those that create a pipeline it holds until it is told to let them go. */
export interface HoldingProxy extends AsyncDisposable {
  readonly url: string;
  /** Resolves when a request is held. */
  readonly isHolding: Promise<void>;
  /** Lets go what is held, and holds nothing more. */
  letGo(): void;
}

/** Starts one on a free port of 127.0.0.1. */
export async function startHoldingProxy(target: string): Promise<HoldingProxy> {
  const held = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      if (incoming.method === 'PUT' && incoming.url?.startsWith('/_ingest/pipeline/') === true) {
        held.resolve();
        await release.promise;
      }
      const onward = request(new URL(incoming.url ?? '/', target), { method: incoming.method, headers: incoming.headers }, (answer) => {
        answer.pipe(outgoing.writeHead(answer.statusCode ?? 500, answer.headers));
      });
      onward.once('error', () => outgoing.destroy());
      incoming.pipe(onward);
    })();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    isHolding: held.promise,
    letGo: () => release.resolve(),
    async [Symbol.asyncDispose]() {
      release.resolve();
      server.close();
      server.closeAllConnections();
    },
  };
}
