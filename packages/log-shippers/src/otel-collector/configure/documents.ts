import { attribute, BEGIN, bodyPath, cache, LINE, resource, setField, text } from './statements.ts';

const ORIGIN: readonly string[] = [
  setField('kubernetes.namespace', resource('k8s.namespace.name')),
  setField('kubernetes.pod.name', resource('k8s.pod.name')),
  setField('kubernetes.container.name', resource('k8s.container.name')),
  setField('kubernetes.deployment.name', resource('k8s.deployment.name')),
  setField('kubernetes.node.name', resource('k8s.node.name'), `${resource('k8s.node.name')} != nil and ${resource('k8s.node.name')} != ""`),
];

const FILE: readonly string[] = [setField('log.file.path', attribute('log.file.path')), setField('log.offset', attribute('log.file.record_offset'))];
const MESSAGE = `set(${bodyPath('message')}, ${LINE})`;

/** Lines of containers: `filebeatFields`. */
export const CONTAINER_DOCUMENT: readonly string[] = [...BEGIN, MESSAGE, setField('stream', attribute('log.iostream')), ...FILE, ...ORIGIN];

/** Lines of a node's files: `filebeatFields`. */
export const NODE_DOCUMENT: readonly string[] = [...BEGIN, MESSAGE, ...FILE, ...ORIGIN, setField('host.name', resource('host.name'), `${resource('host.name')} != nil and ${resource('host.name')} != ""`)];

const journal = (name: string): string => `${LINE}["${name}"]`;
const PRIORITIES = ['emerg', 'alert', 'crit', 'error', 'warn', 'notice', 'info', 'debug'];

/** Entries of systemd's journal: `filebeatFields`. */
export const JOURNAL_DOCUMENT: readonly string[] = [
  ...BEGIN,
  setField('message', journal('MESSAGE')),
  `set(${bodyPath('message')}, "") where ${bodyPath('message')} == nil`,
  setField('process.name', journal('SYSLOG_IDENTIFIER')),
  setField('host.name', journal('_HOSTNAME')),
  ...PRIORITIES.map((level, priority) => `set(${bodyPath('log.level')}, ${text(level)}) where ${journal('PRIORITY')} == ${text(String(priority))}`),
];

const QUOTED = '(?:[^"\\\\]|\\\\.)*';
/** Combined log format with `%D` at its end. */
const ACCESS = `^(?P<address>\\S+) \\S+ (?P<user>.*?) \\[[^\\]/]+/[^\\]]+\\] "(?P<request>${QUOTED})" (?P<status>[1-9]\\d\\d) (?P<bytes>\\S+) "(?P<referrer>${QUOTED})" "(?P<agent>${QUOTED})"(?: (?P<duration>\\d{1,15}))?`;
const REQUEST = '(?s)^(?P<method>\\S+) (?P<path>[^?]+|[^?]*)(?:\\?(?P<query>.*))? HTTP/(?P<version>[^ ]*)$';
const ERROR = '^\\[[A-Z][a-z]{2} [A-Z][a-z]{2} [^\\]]+\\] \\[(?:[\\w-]*:)?(?P<level>[a-z]+\\d?)\\](?: \\[pid [^\\]]*\\])?(?: \\[client (?P<address>[\\d.]+|[\\da-fA-F:]+)(?::\\d+)\\])?';
const IPV4 = '^(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)$';
const IPV6 = '^(?:[\\da-fA-F]{1,4}:){7}[\\da-fA-F]{1,4}$|^(?:[\\da-fA-F]{1,4}:){1,6}(?::[\\da-fA-F]{1,4}){1}$|^(?:[\\da-fA-F]{1,4}:){1,5}(?::[\\da-fA-F]{1,4}){1,2}$|^(?:[\\da-fA-F]{1,4}:){1,4}(?::[\\da-fA-F]{1,4}){1,3}$|^(?:[\\da-fA-F]{1,4}:){1,3}(?::[\\da-fA-F]{1,4}){1,4}$|^(?:[\\da-fA-F]{1,4}:){1,2}(?::[\\da-fA-F]{1,4}){1,5}$|^[\\da-fA-F]{1,4}:(?::[\\da-fA-F]{1,4}){1,6}$|^:(?::[\\da-fA-F]{1,4}){1,7}$|^(?:[\\da-fA-F]{1,4}:){1,7}:$|^::$';

const access = (name: string): string => `${cache('access')}["${name}"]`;
const request = (name: string): string => `${cache('request')}["${name}"]`;
const there = (place: string): string => `${place} != nil and ${place} != "" and ${place} != "-"`;
const UNESCAPE = text('\\\\(["\\\\])');

/** Lines of web pods, taken apart: `apacheFields`. What Apache had nothing for, and wrote a dash, has no field. */
export const APACHE_DOCUMENT: readonly string[] = [
  ...BEGIN,
  MESSAGE,
  ...FILE,
  ...ORIGIN,
  `set(${bodyPath('event.dataset')}, "unparsed")`,
  `set(${cache('access')}, ExtractPatterns(${LINE}, ${text(ACCESS)})) where IsMatch(${LINE}, ${text(ACCESS)})`,
  `set(${cache('error')}, ExtractPatterns(${LINE}, ${text(ERROR)})) where ${cache('access')} == nil and IsMatch(${LINE}, ${text(ERROR)})`,
  `set(${bodyPath('event.dataset')}, "access") where ${cache('access')} != nil`,
  `set(${bodyPath('event.dataset')}, "error") where ${cache('error')} != nil`,
  `set(${bodyPath('log.level')}, ${cache('error')}["level"]) where ${cache('error')} != nil`,
  `set(${cache('address')}, ${access('address')}) where ${cache('access')} != nil`,
  `set(${cache('address')}, ${cache('error')}["address"]) where ${cache('error')} != nil`,
  `set(${bodyPath('source.ip')}, ${cache('address')}) where ${cache('address')} != nil and (IsMatch(${cache('address')}, ${text(IPV4)}) or IsMatch(${cache('address')}, ${text(IPV6)}))`,
  ...['user', 'request', 'referrer', 'agent', 'bytes', 'duration'].map((name) => `set(${cache(name)}, ${access(name)}) where ${cache('access')} != nil`),
  `set(${cache('request')}, ExtractPatterns(${cache('request')}, ${text(REQUEST)})) where ${cache('request')} != nil and IsMatch(${cache('request')}, ${text(REQUEST)})`,
  ...[['http.request.method', 'method'], ['http.version', 'version'], ['url.path', 'path'], ['url.query', 'query']].map(
    ([name = '', part = '']) => `set(${bodyPath(name)}, ${request(part)}) where IsMap(${cache('request')})${part === 'query' ? ` and ${request('query')} != ""` : ''}`,
  ),
  ...[['user.name', 'user'], ['http.request.referrer', 'referrer'], ['user_agent.original', 'agent']].map(([name = '', part = '']) => setField(name, cache(part), there(cache(part)))),
  ...['url.path', 'url.query', 'user.name', 'http.request.referrer', 'user_agent.original'].map((name) => `replace_pattern(${bodyPath(name)}, ${UNESCAPE}, "$$1") where ${bodyPath(name)} != nil`),
  `set(${bodyPath('http.response.status_code')}, Int(${access('status')})) where ${cache('access')} != nil`,
  `set(${bodyPath('http.response.bytes')}, Int(${cache('bytes')})) where ${cache('bytes')} != nil and IsMatch(${cache('bytes')}, "^\\\\d{1,15}$")`,
  `set(${bodyPath('event.duration_us')}, Int(${cache('duration')})) where ${cache('duration')} != nil and IsMatch(${cache('duration')}, "^\\\\d{1,15}$") and Int(${cache('duration')}) <= 2147483647`,
];
