import { PodscopeError } from '@podscope/core';
import type { FaultOn } from '../../definition/defineFault.ts';
import type { SystemTarget } from '../../definition/targets.ts';
import type { StormParams } from './params.ts';

interface Before {
  readonly pages: readonly string[];
}

/** On a guestbook system the client is one of its own. */
export const stormOnSystem: FaultOn<SystemTarget, StormParams, Before> = {
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
  blastRadius: (_before, { client }) => ({ unit: 'instances', count: 1, of: 1, objects: [], things: [`client:${client.id}`] }),
  inject: ({ target, step }, { client }) => step('start the client', () => target.startClient(client)),
  async verify({ target }, { client }) {
    const running = (await target.clients()).includes(client.id);
    const pages = await target.publishedPages();
    const missing = client.paths.filter((path) => !pages.includes(path));
    return {
      symptom: running && missing.length > 0 ? 'present' : 'absent',
      findings: [`the client ${running ? 'runs' : 'does not run'}`, `${missing.length} of its ${client.paths.length} paths are missing`],
    };
  },
  async changedSince({ target, before }, { client }) {
    const pages = await target.publishedPages();
    return client.paths.filter((path) => pages.includes(path) && !before.pages.includes(path)).map((path) => `${path} was published since`);
  },
  async revert({ target, before, step }, { client }) {
    if ((await target.clients()).includes(client.id)) await step('stop the client', () => target.stopClient(client.id));
    const pages = await target.publishedPages();
    for (const path of client.paths) {
      if (pages.includes(path) && !before.pages.includes(path)) await step(`unpublish ${path}`, () => target.unpublish(path));
    }
  },
  async restored({ target, before }, { client }) {
    const pages = await target.publishedPages();
    const left = [
      ...((await target.clients()).includes(client.id) ? ['the client runs'] : []),
      ...client.paths.filter((path) => pages.includes(path) && !before.pages.includes(path)).map((path) => `${path} is published`),
    ];
    return { symptom: left.length === 0 ? 'absent' : 'present', findings: left.length === 0 ? ['the client is gone'] : left };
  },
};
