import { PodscopeError } from '@podscope/core';
import { z } from 'zod';
import { defineFault, type Unchanged } from '../../definition/defineFault.ts';

const client = z.strictObject({
  id: z.string().min(1).max(200).describe('its name'),
  userAgent: z.string().max(500).describe('what the access log shows'),
  address: z.string().max(100).describe('source address that the access log shows'),
  rate: z.number().gt(0).max(10_000).describe('requests in a second'),
  paths: z.array(z.string().regex(/^\//)).min(1).max(1_000).describe('paths that are not served'),
});
const params = z.object({ client: client.describe('The client to start. None of its paths may be served.') });

/** Parameters of {@link notFoundStorm}. */
export type NotFoundStormParams = Unchanged<z.input<typeof params>>;

/** Starts a client that keeps asking for pages that do not exist. */
export const notFoundStorm = defineFault({
  id: 'not-found-storm',
  title: 'A client asks for pages that do not exist',
  params,
  provable: 'application',
  symptom: 'In apache-*, http.response.status_code is 404 for those url.path, all from one source.ip.',
  targets: {
    system: {
      async observe(target, { client: { id, paths } }) {
        const clients = await target.clients();
        const pages = await target.publishedPages();
        if (clients.includes(id) || paths.some((path) => pages.includes(path))) {
          throw new PodscopeError('FAULT_TARGET_UNFIT', `${target.id} has that client already, or serves one of its paths.`, {
            hint: 'Choose another client id and paths that are not served.',
          });
        }
        return { pages: [...pages] };
      },
      plan: (_before, { client: { id, rate, paths, userAgent, address } }) => ({
        changes: [
          {
            kind: 'client',
            name: id,
            action: 'create',
            reason: `${rate} requests/s for ${paths.length} paths that answer 404`,
            desired: { userAgent, address, paths },
          },
        ],
      }),
      blastRadius: (_before, { client: { id } }) => ({ unit: 'instances', count: 1, of: 1, objects: [], things: [`client:${id}`] }),
      inject: ({ target, step }, params) => step('start the client', () => target.startClient(params.client)),
      async verify({ target }, { client: { id, paths } }) {
        const running = (await target.clients()).includes(id);
        const pages = await target.publishedPages();
        const missing = paths.filter((path) => !pages.includes(path));
        return {
          symptom: running && missing.length > 0 ? 'present' : 'absent',
          findings: [`the client ${running ? 'runs' : 'does not run'}`, `${missing.length} of its ${paths.length} paths are missing`],
        };
      },
      async changedSince({ target, before }, { client: { paths } }) {
        const pages = await target.publishedPages();
        return paths.filter((path) => pages.includes(path) && !before.pages.includes(path)).map((path) => `${path} was published since`);
      },
      async revert({ target, before, step }, { client: { id, paths } }) {
        if ((await target.clients()).includes(id)) await step('stop the client', () => target.stopClient(id));
        const pages = await target.publishedPages();
        for (const path of paths) {
          if (pages.includes(path) && !before.pages.includes(path)) await step(`unpublish ${path}`, () => target.unpublish(path));
        }
      },
      async restored({ target, before }, { client: { id, paths } }) {
        const running = (await target.clients()).includes(id);
        const pages = await target.publishedPages();
        const published = paths.filter((path) => pages.includes(path) && !before.pages.includes(path));
        return {
          symptom: running || published.length > 0 ? 'present' : 'absent',
          findings: [`the client ${running ? 'runs' : 'does not run'}`, `${published.length} of its ${paths.length} paths are published`],
        };
      },
    },
  },
});
