import type { SystemTarget } from '@podscope/fault-injectors';
import type { PublicVerbs } from '../../../control/controlHandlers.ts';
import type { Visitors } from '../../embedded/supervisor/visitors.ts';
import type { PublishedPaths } from './publishedPages.ts';
import type { RedisForwards } from './redisForwards.ts';

/** Long enough for a pipeline of hundreds of thousands of commands through the API server. */
const COMMAND_TIMEOUT = 180_000;

/** What a session does for faults that are a matter of verbs: clients that visit, pages, Redis' own commands. */
export function clusterSystem(id: string, { verbs, redis, visitors, pages }: { readonly verbs: PublicVerbs; readonly redis: RedisForwards; readonly visitors: Visitors; readonly pages: PublishedPaths }): SystemTarget {
  return {
    kind: 'system',
    id,
    async pods() {
      const state = await verbs.state();
      return state.pods.map(({ namespace, name, deployment, role }) => ({ namespace, name, deployment, ...(role === undefined ? {} : { role }) }));
    },
    async replicas(name) {
      const { deployments } = await verbs.state();
      return deployments.find((each) => each.name === name)?.desired ?? 0;
    },
    setReplicas: (deployment, replicas) => verbs.scale(deployment, replicas),
    clients: async () => (await visitors.clients()).map((client) => client.id),
    startClient: (client) => visitors.startClient(client),
    stopClient: (client) => visitors.stopClient(client),
    publishedPages: () => pages.list(),
    unpublish: (path) => pages.remove(path),
    async redis(pod) {
      const link = await redis.connect(pod, COMMAND_TIMEOUT);
      return { command: (...args) => link.command(...args), pipeline: (commands) => link.pipeline(commands), close: async () => link.close() };
    },
    restart: (pod) => verbs.restart(`pod/${pod}`),
  };
}
