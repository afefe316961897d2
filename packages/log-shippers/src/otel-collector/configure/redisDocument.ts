import { BEGIN, bodyPath, cache, LINE, resource, setField, text } from './statements.ts';

const INTEGERS = [
  'uptime_in_seconds', 'connected_clients', 'connected_slaves', 'used_memory', 'used_memory_rss', 'used_memory_dataset', 'mem_fragmentation_bytes',
  'allocator_allocated', 'allocator_active', 'allocator_frag_bytes', 'instantaneous_ops_per_sec', 'total_commands_processed', 'keyspace_hits', 'keyspace_misses', 'evicted_keys',
];
const DECIMALS = ['mem_fragmentation_ratio', 'allocator_frag_ratio'];

const line = (name: string, value: string): string => text(`(?m)^${name}:(?P<v>${value})\\r?$`);

/** Takes one value out of the lines `name:value` of INFO. */
function take(field: string, name: string, value: string, convert: (found: string) => string = (found) => found, where = ''): string {
  const pattern = line(name, value);
  return `set(${bodyPath(`redis.${field}`)}, ${convert(`ExtractPatterns(${LINE}, ${pattern})["v"]`)}) where IsMatch(${LINE}, ${pattern})${where}`;
}

const REPLICA = `IsMatch(${LINE}, ${line('role', 'slave')})`;
const OFFSET = line('master_repl_offset', '\\d+');
const OWN_OFFSET = line('slave_repl_offset', '\\d+');

/**
 * A sample of INFO: `redisFields`. How far a replica is behind needs the offset of its primary, which INFO of a replica doesn't have: the
 * field is there for primaries only, as 0. Keys are counted of the first sixteen databases.
 */
export const REDIS_DOCUMENT: readonly string[] = [
  ...BEGIN,
  setField('kubernetes.namespace', resource('k8s.namespace.name')),
  setField('kubernetes.pod.name', resource('k8s.pod.name')),
  setField('kubernetes.node.name', resource('k8s.node.name'), `${resource('k8s.node.name')} != nil and ${resource('k8s.node.name')} != ""`),
  `set(${bodyPath('redis.instance')}, ${resource('k8s.pod.name')})`,
  take('role', 'role', '[a-z]+'),
  take('version', 'redis_version', '[^\\r\\n]+'),
  ...INTEGERS.map((name) => take(name, name, '-?\\d{1,18}', (found) => `Int(${found})`)),
  ...DECIMALS.map((name) => take(name, name, '-?\\d+(?:\\.\\d+)?', (found) => `Double(${found})`)),
  `set(${bodyPath('redis.active_defrag_running')}, false)`,
  `set(${bodyPath('redis.active_defrag_running')}, true) where IsMatch(${LINE}, ${line('active_defrag_running', '[1-9]\\d*')})`,
  `set(${bodyPath('redis.master_link_up')}, false) where ${REPLICA}`,
  `set(${bodyPath('redis.master_link_up')}, true) where ${REPLICA} and IsMatch(${LINE}, ${line('master_link_status', 'up')})`,
  `set(${bodyPath('redis.master_repl_offset')}, Int(ExtractPatterns(${LINE}, ${OFFSET})["v"])) where IsMatch(${LINE}, ${OFFSET})`,
  `set(${bodyPath('redis.master_repl_offset')}, Int(ExtractPatterns(${LINE}, ${OWN_OFFSET})["v"])) where ${REPLICA} and IsMatch(${LINE}, ${OWN_OFFSET})`,
  `set(${bodyPath('redis.replication_lag_bytes')}, 0) where not ${REPLICA}`,
  `set(${bodyPath('redis.keys')}, 0)`,
  ...Array.from({ length: 16 }, (_, database) => {
    const keys = text(`(?m)^db${database}:keys=(?P<v>\\d{1,15}),`);
    return `set(${bodyPath('redis.keys')}, ${bodyPath('redis.keys')} + Int(ExtractPatterns(${LINE}, ${keys})["v"])) where IsMatch(${LINE}, ${keys})`;
  }),
];

/** Pods write INFO of their own server: the pod's name and place come from the environment. */
export const REDIS_RESOURCE: readonly string[] = [
  `set(${resource('k8s.pod.name')}, "\${env:POD_NAME}")`,
  `set(${resource('k8s.namespace.name')}, "\${env:POD_NAMESPACE}")`,
  `set(${resource('k8s.node.name')}, "\${env:NODE_NAME}")`,
];

const event = (path: string): string => `${cache('event')}${path.split('.').map((part) => `["${part}"]`).join('')}`;

/** Events as k8sobjects gives them: `kubernetesFields`. */
export const API_EVENT_DOCUMENT: readonly string[] = [
  `set(${cache('event')}, log.body["object"])`,
  ...BEGIN,
  `set(${bodyPath('@timestamp')}, ${event('lastTimestamp')}) where ${event('lastTimestamp')} != nil`,
  `set(${bodyPath('@timestamp')}, ${event('eventTime')}) where ${event('lastTimestamp')} == nil and ${event('eventTime')} != nil`,
  setField('message', event('message')),
  `set(${bodyPath('message')}, "") where ${bodyPath('message')} == nil`,
  ...eventFields({ type: 'type', reason: 'reason', kind: 'involvedObject.kind', name: 'involvedObject.name', namespace: 'involvedObject.namespace' }),
  `set(${bodyPath('kubernetes.event.count')}, Int(${event('count')})) where ${event('count')} != nil`,
];

/** Events as JSON lines that something else writes: `kubernetesFields`. A line that is none becomes an event that says so. */
export const FILE_EVENT_DOCUMENT: readonly string[] = [
  `set(${cache('event')}, ParseJSON(log.body)) where IsMatch(log.body, "^\\\\s*\\\\{")`,
  ...BEGIN,
  `set(${cache('event')}, {"type": "Warning", "reason": "Unparsed", "message": ${LINE}}) where not IsMap(${cache('event')}) or ${event('reason')} == nil`,
  `set(${bodyPath('@timestamp')}, ${event('at')}) where ${event('at')} != nil`,
  setField('message', event('message')),
  `set(${bodyPath('message')}, "") where ${bodyPath('message')} == nil`,
  ...eventFields({ type: 'type', reason: 'reason', kind: 'kind', name: 'name', namespace: 'namespace' }),
  `set(${bodyPath('kubernetes.event.count')}, 1) where ${event('kind')} != nil`,
];

function eventFields(names: Readonly<Record<'type' | 'reason' | 'kind' | 'name' | 'namespace', string>>): string[] {
  const of = (kind: string, field: string): string => `set(${bodyPath(field)}, ${event(names.name)}) where ${event(names.kind)} == ${text(kind)}`;
  return [
    setField('kubernetes.event.type', event(names.type)),
    setField('kubernetes.event.reason', event(names.reason)),
    setField('kubernetes.namespace', event(names.namespace)),
    setField('kubernetes.event.involved_object.kind', event(names.kind)),
    setField('kubernetes.event.involved_object.name', event(names.name)),
    of('Pod', 'kubernetes.pod.name'),
    of('Deployment', 'kubernetes.deployment.name'),
    of('Node', 'kubernetes.node.name'),
  ];
}
