import type { ClusterEvent, ClusterState, HuntView, PodState } from '../src/api/index.ts';
import type { ConsoleControl } from '../src/server/index.ts';

/** A cluster in memory under the public verbs: enough for the page to act on and to see the outcome. */
export interface SmallCluster {
  readonly control: ConsoleControl;
  /** Every verb that was called, such as `scale frontend 5`. */
  readonly calls: readonly string[];
  readonly webPods: readonly string[];
}

const ROOM = 39;
const NODES = ['node-1', 'node-2', 'node-3', 'node-4'];

/** Starts with `replicas` web pods. */
export function smallCluster(replicas = 3): SmallCluster {
  const calls: string[] = [];
  const events: ClusterEvent[] = [];
  const clients = [{ id: 'visitors', userAgent: 'Mozilla/5.0', address: '10.1.0.7', rate: 6, startedAt: new Date().toISOString() }];
  let desired = replicas;
  let hunt = idleHunt();

  const web = (): PodState[] => Array.from({ length: desired }, (_unused, index) => webPod(index));
  const say = (type: ClusterEvent['type'], reason: string, name: string, message: string): void => {
    events.push({ at: new Date().toISOString(), type, reason, namespace: 'guestbook', kind: 'Deployment', name, message });
  };
  say('Normal', 'ScalingReplicaSet', 'frontend', `Scaled up to ${replicas}`);

  const control: ConsoleControl = {
    state: async () => stateOf(web(), desired, clients, events),
    scale: async (deployment, count) => {
      calls.push(`scale ${deployment} ${count}`);
      desired = count;
      say('Normal', 'ScalingReplicaSet', deployment, `Scaled to ${count}`);
      if (count > ROOM) say('Warning', 'FailedScheduling', deployment, `${count - ROOM} pods fit on no node`);
    },
    restart: async (target) => void calls.push(`restart ${target}`),
    exec: async (pod, command) => {
      calls.push(`exec ${pod} ${command.join(' ')}`);
      return { exitCode: 0, stdout: `# Memory\nused_memory:68000000\nmem_fragmentation_ratio:1.13\n`, stderr: '' };
    },
    logs: async () => [],
    stopClient: async (id) => void calls.push(`stop-client ${id}`),
    publish: async (path) => void calls.push(`publish ${path}`),
    hunts: async () => [hunt],
    startHunt: async () => (hunt = { ...idleHunt(), status: 'running', attempt: 'a1', startedAt: new Date().toISOString() }),
    takeHint: async () =>
      (hunt = { ...hunt, hints: { taken: [...hunt.hints.taken, { text: `Hint ${hunt.hints.taken.length + 1}: compare desired with available.`, cost: 10 }], left: hunt.hints.left - 1, nextCost: hunt.hints.left > 1 ? 15 : null } }),
    answerHunt: async (_id, answers) => (hunt = { ...hunt, answers: { ...hunt.answers, ...answers } }),
    submitHunt: async () => (hunt = graded(hunt, desired)),
    stopHunt: async () => (hunt = { ...hunt, status: 'stopped', debrief: DEBRIEF }),
  };
  return { control, calls, webPods: web().map((pod) => pod.name) };
}

const DEBRIEF = '## What happened\n\nThe web tier was **scaled** past its room. <script>window.__pwned=1</script>\n\n- desired went up\n- available did not';

function graded(hunt: HuntView, desired: number): HuntView {
  const named = hunt.answers['where'] === 'frontend';
  const fixed = desired <= ROOM;
  return {
    ...hunt,
    status: named && fixed ? 'solved' : 'running',
    debrief: named && fixed ? DEBRIEF : null,
    verdict: {
      passed: named && fixed,
      score: named && fixed ? 100 - hunt.hints.taken.length * 10 : 0,
      parts: [
        { aspect: 'localise', passed: named, message: named ? 'It is the web tier.' : 'Look where more is asked than runs.' },
        { aspect: 'fix', passed: fixed, message: fixed ? 'Everything asked for runs.' : 'Pods still wait for room.' },
      ],
    },
  };
}

function idleHunt(): HuntView {
  return {
    id: 'runaway-replicas',
    title: 'Runaway replicas',
    story: 'Since a while the cluster is full, and nobody ordered anything. The shop is still up, but new work finds no place.\nFind out who asks for so much.',
    difficulty: 1,
    minutes: 15,
    tasks: ['Find the workload that asks for more than fits.', 'Say since when.', 'Bring it back to what it was.'],
    dashboards: ['kubernetes', 'overview'],
    status: 'idle',
    attempt: null,
    startedAt: null,
    hints: { taken: [], left: 3, nextCost: 10 },
    questions: [
      { id: 'where', aspect: 'localise', prompt: 'Which deployment is it?', kind: 'text' },
      { id: 'how', aspect: 'mechanism', prompt: 'What happens to the pods that do not fit?', kind: 'choice', choices: ['They wait as Pending', 'They run slower', 'They are deleted'] },
      { id: 'pods', aspect: 'scope', prompt: 'Name three pods that wait.', kind: 'list' },
    ],
    answers: {},
    verdict: null,
    debrief: null,
  };
}

function webPod(index: number): PodState {
  const fits = index < ROOM;
  return {
    namespace: 'guestbook',
    name: `frontend-7d9c5b-${(index * 7_919 + 46_656).toString(36).slice(-4)}${index}`,
    deployment: 'frontend',
    container: 'web',
    containerId: `c${index}`,
    node: fits ? (NODES[index % 4] ?? null) : null,
    phase: fits ? 'Running' : 'Pending',
    reason: fits ? null : 'Unschedulable',
    restarts: 0,
    createdAt: new Date().toISOString(),
    port: fits ? 20_000 + index : null,
  };
}

function otherPod(name: string, deployment: string, namespace: string, role?: 'primary' | 'replica'): PodState {
  return { ...webPod(0), name, deployment, namespace, container: deployment, node: 'node-4', ...(role ? { role } : {}) };
}

function stateOf(web: readonly PodState[], desired: number, clients: ClusterState['clients'], events: readonly ClusterEvent[]): ClusterState {
  const running = Math.min(desired, ROOM);
  return {
    target: 'embedded',
    nodes: NODES.map((name, index) => ({ name, capacity: index < 3 ? 11 : 10, allocated: Math.min(index < 3 ? 11 : 10, Math.ceil((running + 4) / 4)) })),
    deployments: [
      { namespace: 'guestbook', name: 'frontend', desired, available: running, unavailable: desired - running },
      { namespace: 'guestbook', name: 'redis-primary', desired: 1, available: 1, unavailable: 0 },
      { namespace: 'guestbook', name: 'redis-replica', desired: 2, available: 2, unavailable: 0 },
      { namespace: 'monitoring', name: 'collector', desired: 1, available: 1, unavailable: 0 },
    ],
    pods: [
      ...web,
      otherPod('redis-primary-0', 'redis-primary', 'guestbook', 'primary'),
      otherPod('redis-replica-0', 'redis-replica', 'guestbook', 'replica'),
      otherPod('redis-replica-1', 'redis-replica', 'guestbook', 'replica'),
      otherPod('collector-0', 'collector', 'monitoring'),
    ],
    clients,
    pages: ['/', '/guestbook'],
    events: events.slice(-200),
    urls: { console: '', opensearch: '', guestbook: '' },
  };
}
