import { PodscopeError } from '@podscope/core';
import { defineFault } from '../../defineFault.ts';
import type { FaultClient } from '../../target.ts';

/** Parameters of {@link notFoundStorm}. */
export interface NotFoundStormParams {
  /** The client to start. None of its paths may be served. */
  readonly client: FaultClient;
}

/** Starts a client that keeps asking for pages that do not exist. */
export const notFoundStorm = defineFault({
  kind: 'not-found-storm',
  title: 'A client asks for pages that do not exist',
  check({ client }: NotFoundStormParams) {
    if (client.id !== '' && client.rate > 0 && client.paths.length > 0 && client.paths.every((path) => path.startsWith('/'))) return;
    throw new PodscopeError('FAULT_BAD_PARAMETERS', 'not-found-storm needs a client with an id, a rate above 0 and paths that begin with "/".', {
      hint: 'For example { client: { id: "c1", userAgent: "bot/1.0", address: "10.0.0.9", rate: 10, paths: ["/old"] } }.',
    });
  },
  async observe(target, { client }) {
    const clients = await target.clients();
    const pages = await target.publishedPages();
    if (clients.includes(client.id) || client.paths.some((path) => pages.includes(path))) {
      throw new PodscopeError('FAULT_TARGET_UNFIT', `${target.id} has that client already, or serves one of its paths.`, {
        hint: 'Choose another client id and paths that are not served.',
      });
    }
    return { pages: [...pages] };
  },
  plan: (_before, { client }) => ({
    changes: [
      {
        kind: 'client',
        name: client.id,
        action: 'create',
        reason: `${client.rate} requests/s for ${client.paths.length} paths that answer 404`,
        desired: { userAgent: client.userAgent, address: client.address, paths: client.paths },
      },
    ],
  }),
  inject: (target, { client }) => target.startClient(client),
  async verify(target, { client }) {
    const running = (await target.clients()).includes(client.id);
    const pages = await target.publishedPages();
    const missing = client.paths.filter((path) => !pages.includes(path));
    return {
      present: running && missing.length > 0,
      findings: [`the client ${running ? 'runs' : 'does not run'}`, `${missing.length} of its ${client.paths.length} paths are missing`],
    };
  },
  async foreignChanges(target, { client }, before) {
    const pages = await target.publishedPages();
    return client.paths.filter((path) => pages.includes(path) && !before.pages.includes(path)).map((path) => `${path} was published since`);
  },
  async revert(target, { client }, before) {
    if ((await target.clients()).includes(client.id)) await target.stopClient(client.id);
    const pages = await target.publishedPages();
    for (const path of client.paths) {
      if (pages.includes(path) && !before.pages.includes(path)) await target.unpublish(path);
    }
  },
});
