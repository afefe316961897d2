import { describe, expect, it } from 'vitest';
import { faultCatalogue } from '../../faults/catalogue.ts';
import { readExperiment } from '../readExperiment.ts';
import { kubernetesActions } from './actions.ts';
import { readChaosToolkit } from './convert.ts';

const python = (type: 'action' | 'probe', path: string, given: object = {}, more: object = {}) => {
  const at = path.lastIndexOf('.');
  return { type, name: path.slice(at + 1), ...more, provider: { type: 'python', module: path.slice(0, at), func: path.slice(at + 1), arguments: given } };
};
const read = (experiment: object) => readChaosToolkit(JSON.stringify({ title: 'x', method: [{ type: 'probe', name: 'p', provider: { type: 'http', url: 'http://a.test/' } }], ...experiment }, null, 1), 'x.json');
const problems = (experiment: object): readonly string[] => {
  try {
    read(experiment);
  } catch (error) {
    return (error as { readonly details: readonly string[] }).details;
  }
  return [];
};

describe('readChaosToolkit', () => {
  it('carries over a whole experiment, with its variables, pauses, background and rollbacks', () => {
    const { experiment, notes } = read({
      configuration: { ns: 'guestbook', url: { type: 'env', key: 'GUESTBOOK_URL', default: 'http://a.test/' }, many: { type: 'env', key: 'MANY', env_var_type: 'int' } },
      secrets: { k8s: { KUBERNETES_CONTEXT: 'mine' }, web: { token: { type: 'env', key: 'WEB_TOKEN' } } },
      'steady-state-hypothesis': {
        title: 'it answers',
        probes: [
          { type: 'probe', name: 'web', tolerance: [200, 204, 301], provider: { type: 'http', url: '${url}', headers: { 'x-token': '$token' }, timeout: [1, 3] } },
          python('probe', 'chaosk8s.pod.probes.count_pods', { label_selector: 'app=web', ns: '${ns}', phase: 'Running' }, { tolerance: [2, 4] }),
        ],
      },
      method: [
        python('action', 'chaosk8s.deployment.actions.scale_deployment', { name: 'web', replicas: '${many}', ns: '${ns}' }, { background: true, pauses: { before: 2 } }),
        python('action', 'chaosk8s.node.actions.cordon_node', { name: 'node-1' }, { pauses: { after: 0.5 } }),
        python('action', 'chaosk8s.node.actions.uncordon_node', { name: 'node-1' }),
        { ref: 'web' },
      ],
      rollbacks: [python('action', 'chaosk8s.deployment.actions.scale_deployment', { name: 'web', replicas: 3, ns: '${ns}' })],
    });
    expect(experiment).toEqual({
      title: 'x',
      variables: { ns: 'guestbook', url: { env: 'GUESTBOOK_URL', default: 'http://a.test/' }, many: { env: 'MANY', type: 'number' }, token: { env: 'WEB_TOKEN', secret: true } },
      steadyState: {
        title: 'it answers',
        probes: [
          { kind: 'http', name: 'web', url: '${url}', headers: { 'x-token': '${token}' }, status: [200, 204, 301], timeLimit: '4s' },
          { kind: 'ready', name: 'count_pods', namespace: '${ns}', selector: 'app=web', phase: 'Running', count: { atLeast: 2, atMost: 4 } },
        ],
      },
      method: [
        {
          parallel: [
            { sequence: [{ pause: 2_000 }, { fault: 'replica-storm', name: 'scale_deployment', params: { namespace: '${ns}', deployment: 'web', replicas: '${many}' }, verify: false }] },
            { sequence: [{ fault: 'node-cordon', name: 'cordon_node', params: { node: 'node-1' } }, { pause: 500 }, { revert: 'cordon_node' }, { name: 'web', check: expect.objectContaining({ kind: 'http', url: '${url}' }) }] },
          ],
        },
      ],
    });
    expect(notes).toEqual([expect.stringContaining('KUBERNETES_CONTEXT is not used'), expect.stringContaining('is not needed: everything is reverted')]);
  });

  it('gives what our own reader takes, for every action that it knows', () => {
    const given: Readonly<Record<string, object>> = {
      terminate_pods: { label_selector: 'app=web', all: true }, delete_pods: { label_selector: 'app=web' }, scale_deployment: { name: 'web', replicas: 0 }, scale_statefulset: { name: 'web', replicas: 0 }, scale_microservice: { name: 'web', replicas: 50 },
      cordon_node: { label_selector: 'zone=a' }, drain_nodes: { name: 'node-1', timeout: 30 }, deny_all_ingress: { label_selectors: { app: 'web' } }, deny_all_egress: { label_selectors: { app: 'web' } },
      create_network_policy: { spec: { metadata: { name: 'p' }, spec: { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Ingress', 'Egress'] } } },
    };
    for (const path of Object.keys(kubernetesActions)) {
      const name = path.slice(path.lastIndexOf('.') + 1);
      if (/^(?:uncordon|remove)/.test(name)) continue;
      const text = JSON.stringify({ title: 'x', method: [python('action', path, given[name])], rollbacks: [] });
      expect(readExperiment(text, { file: path, faults: faultCatalogue }).experiment.method, path).toHaveLength(1);
    }
  });

  it('names everything that it cannot carry over, with its place, and carries over nothing then', () => {
    expect(
      problems({
        controls: [],
        secrets: { a: { password: 'plain' }, b: { key: { type: 'vault', key: 'x' } } },
        method: [
          python('action', 'chaosk8s.pod.actions.terminate_pod', { label_selector: 'a=b' }),
          { type: 'action', name: 'shell', provider: { type: 'process', path: 'rm' } },
          python('action', 'chaosk8s.deployment.actions.scale_deployment', { name: 'web', replicas: 3, speed: 2 }),
          python('action', 'chaosk8s.node.actions.uncordon_node', { name: 'node-1' }),
          python('action', 'chaosk8s.pod.actions.terminate_pods', { name_pattern: 'web-.*', label_selector: 'a=b' }),
          { ref: 'nobody' },
        ],
      }),
    ).toEqual([
      expect.stringMatching(/^x\.json:\d+:\d+ secrets\.a\.password: a secret that stands in the file/),
      expect.stringMatching(/secrets\.b\.key: secrets of the type "vault"/),
      expect.stringMatching(/method\[0\]\.provider\.func: chaosk8s\.pod\.actions\.terminate_pod can't be carried over; did you mean "chaosk8s\.pod\.actions\.terminate_pods"\?/),
      expect.stringMatching(/method\[1\]\.provider\.type: an action of the type "process"/),
      expect.stringMatching(/method\[2\]\.provider\.arguments\.speed: the argument "speed" is not known/),
      expect.stringMatching(/method\[3\]: it undoes what no earlier action/),
      expect.stringMatching(/method\[4\]\.provider\.arguments\.name_pattern/),
      expect.stringMatching(/method\[5\]\.ref: there is no activity called "nobody"/),
      expect.stringMatching(/controls: controls can change/),
    ]);
  });

  it('turns tolerances into what they mean', () => {
    const http = (tolerance: unknown) => (read({ method: [{ type: 'probe', name: 'p', tolerance, provider: { type: 'http', url: 'http://a.test/' } }] }).experiment.method[0] as { readonly check: unknown }).check;
    expect(http(404)).toMatchObject({ status: 404 });
    expect(http({ type: 'regex', target: 'body', pattern: 'ok|fine' })).toMatchObject({ answer: { matches: 'ok|fine' } });
    expect(http({ type: 'jsonpath', target: 'body', path: '$.items[0].state', expect: 'up' })).toMatchObject({ answer: { field: 'items[0].state', equals: 'up' } });
    expect(problems({ method: [{ type: 'probe', name: 'p', tolerance: { type: 'jsonpath', path: '$..x' }, provider: { type: 'http', url: 'http://a.test/' } }] })).toEqual([expect.stringContaining('may name several values')]);
    const pods = (tolerance: unknown, more = {}) => read({ method: [python('probe', 'chaosk8s.pod.probes.pods_in_phase', { label_selector: 'a=b', ...more }, { tolerance })] }).experiment.method[0];
    expect(pods(true)).toMatchObject({ check: { rest: { equals: 0 }, total: { atLeast: 1 } } });
    expect(pods(false, { raise_on_invalid_phase: false })).toMatchObject({ check: { not: true } });
    expect(problems({ method: [python('probe', 'chaosk8s.pod.probes.pods_in_phase', { label_selector: 'a=b' }, { tolerance: false })] })).toEqual([expect.stringContaining('always fails')]);
  });

  it('names arguments of a shape that nobody expects, too', () => {
    const policy = (spec: unknown) => problems({ method: [python('action', 'chaosk8s.networking.actions.create_network_policy', { spec })] });
    for (const spec of [7, null, {}, { spec: { ingress: 5 } }, { spec: { podSelector: { matchLabels: 'x' } } }, { spec: { policyTypes: 5 } }, { spec: { podSelector: { matchLabels: { a: 'b' } }, ingress: [{}] } }]) {
      expect(policy(spec), JSON.stringify(spec)).toEqual([expect.stringContaining('method[0].provider.arguments.spec: only a policy that denies everything')]);
    }
    expect(policy({ metadata: null, spec: { podSelector: { matchLabels: { a: 'b' } }, ingress: null, policyTypes: ['Ingress', 'Ingress'] } })).toEqual([]);
    for (const conditions of ['Ready', [null], ['Ready'], []]) {
      expect(problems({ method: [python('probe', 'chaosk8s.pod.probes.pods_in_conditions', { label_selector: 'a=b', conditions })] })).toEqual([expect.stringContaining('"conditions" must be a list')]);
    }
  });

  it('keeps what Chaos Toolkit would not put a variable into', () => {
    const url = 'http://a.test/?${known}&$${known}&${unknown}&$$x&$5';
    const text = JSON.stringify({ title: 'x', configuration: { known: '1' }, method: [{ type: 'probe', name: 'p', provider: { type: 'http', url } }] });
    const [step] = readExperiment(text).experiment.method;
    expect(step).toMatchObject({ check: { url: 'http://a.test/?1&${known}&${unknown}&$x&$5' } });
  });
});
