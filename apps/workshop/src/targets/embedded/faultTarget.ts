import { PodscopeError } from '@podscope/core';
import type { SystemTarget } from '@podscope/fault-injectors';
import type { SystemParts, Verbs } from './supervisor/verbs.ts';

/** Long enough for a pipeline of hundreds of thousands of commands on a busy machine. */
const COMMAND_TIMEOUT = 60_000;
const MOST_LINES = 10_000;

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
    web: {
      behaviours: (pod) => web.behaviours(pod),
      behave: (pod, id, behaviour, seconds) => web.behave(pod, id, behaviour, seconds),
      unbehave: (pod, id) => web.unbehave(pod, id),
      async request(name, path) {
        const pod = actuator.model.pods.find((each) => each.name === name);
        if (pod === undefined || pod.port === null) throw new PodscopeError('POD_NOT_FOUND', `There is no web pod ${name} that runs.`, { hint: 'See "podscope get pods".' });
        const from = performance.now();
        const answer = await fetch(`http://127.0.0.1:${pod.port}${path}`, { headers: { 'user-agent': 'curl/8.9.1' } });
        await answer.arrayBuffer();
        return { status: answer.status, milliseconds: performance.now() - from };
      },
      // All that it gives: its lines are in the order of their stamps, which a clock that is behind puts first.
      log: (pod) => verbs.logs(pod, MOST_LINES),
    },
  };
}
