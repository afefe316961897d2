import { PodscopeError } from '@podscope/core';
import type { SystemTarget } from '@podscope/fault-injectors';
import type { SystemParts, Verbs } from './supervisor/verbs.ts';

/** Long enough for a pipeline of hundreds of thousands of commands on a busy machine. */
const COMMAND_TIMEOUT = 60_000;

/** What faults may do to the embedded cluster. */
export function embeddedFaultTarget(parts: SystemParts, verbs: Verbs): SystemTarget {
  const { actuator, visitors, web, redis } = parts;
  return {
    kind: 'system',
    id: 'embedded',
    async pods() {
      return actuator.model.pods
        .filter((pod) => !pod.terminating)
        .map(({ namespace, name, deployment, role }) => ({ namespace, name, deployment, ...(role === undefined ? {} : { role }) }));
    },
    async replicas(name) {
      const deployment = actuator.model.deployments.find((each) => each.name === name);
      if (deployment === undefined) throw new PodscopeError('DEPLOYMENT_NOT_FOUND', `There is no deployment ${name}.`, { hint: 'See "podscope get deployments".' });
      return deployment.desired;
    },
    setReplicas: (deployment, replicas) => verbs.scale(deployment, replicas),
    clients: async () => (await visitors.clients()).map((client) => client.id),
    startClient: (client) => visitors.startClient(client),
    stopClient: (id) => visitors.stopClient(id),
    publishedPages: async () => web.published,
    unpublish: (path) => web.unpublish(path),
    async redis(pod) {
      const link = await redis.connect(pod, COMMAND_TIMEOUT);
      return {
        command: (...args) => link.command(...args),
        pipeline: (commands) => link.pipeline(commands),
        close: async () => link.close(),
      };
    },
    restart: (pod) => verbs.restart(`pod/${pod}`),
  };
}
