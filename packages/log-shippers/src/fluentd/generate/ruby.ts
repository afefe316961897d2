/** Ruby for a value of record_transformer, over several lines; indented as it stands in a filter inside of a label. */
function recordRuby(code: string): string {
  return `\${${code.trim().split('\n').map((line) => `\n        ${line}`).join('')}\n      }`;
}

/** The container of a file: kubelet's `<pod>_<namespace>_<container>-<id>.log`, or behind it `pods/<namespace>_<pod>_<uid>/<container>/0.log`; a rotated one is called the same, with its time. */
const CONTAINER = `/([^\\/_]+)_([^\\/_]+)_([^\\/]+)-[^\\/-]+\\.log(?:\\.|\\z)/.match(path)&.captures || /([^\\/_]+)_([^\\/_]+)_[^\\/_]+\\/([^\\/]+)\\/[^\\/]+\\z/.match(path)&.captures&.values_at(1, 0, 2)`;

/**
 * The id of a line out of its file, its time and its text, with a count where the same line stands several times under the same time:
 * equal lines stay apart, and a line that is read again after a crash gets the id that it had, though its file be rotated meanwhile. A line
 * without a time of its own has the time of reading in its id.
 */
export function lineId(timeOfLine: string): string {
  return recordRuby(`
at = ${timeOfLine}
path = record['path'].to_s
file = (${CONTAINER} || [path]).join('/')
line = OpenSSL::Digest::SHA256.hexdigest([file, at, record.reject { |name, _| name == 'path' }].inspect)[0, 40]
@seen = {} if @seen.nil? || @seen.size > 10_000
@seen[file] = [at, {}] unless @seen[file] && @seen[file][0] == at
count = @seen[file][1][line] = (@seen[file][1][line] || 0) + 1
line + '-' + count.to_s`);
}

/** The id of a record that another shipper sent: the one that it has, or a hash of all of it with its time, to the nanosecond. */
export const RECORD_ID = recordRuby(`
record['_id'] || OpenSSL::Digest::SHA256.hexdigest([tag, time.to_r, record].inspect)[0, 40]`);

/** Bytes of a text: the end of a longer one is left out, so that a record with all of its fields fits into a chunk. */
const LONGEST_TEXT = 8 * 1024 ** 2;

/** What the shapes of documents share. Texts lose what is no UTF-8; what is not there is left out. */
const HEAD = `
text = lambda { |value| value.to_s.byteslice(0, ${LONGEST_TEXT}).force_encoding('UTF-8').scrub }
set = lambda { |value| value.nil? || value == '' ? nil : value }
filled = lambda { |hash| kept = hash.reject { |_, value| value.nil? }; kept.empty? ? nil : kept }
named = lambda { |name| set.(name) && { 'name' => name } }
deployment_of = lambda { |pod| (found = /\\A(.+)-([a-z0-9]{6,10})-[a-z0-9]{5}\\z/.match(pod.to_s)) && found[2] =~ /\\d/ ? found[1] : nil }
address = lambda { |host|
  v4 = /\\A(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!\\z)|\\z)){4}\\z/.match?(host)
  v6 = !v4 && host.include?(':') && /\\A[0-9a-fA-F:.]+\\z/.match?(host) && (require('ipaddr'); begin; IPAddr.new(host).ipv6?; rescue IPAddr::Error; false; end)
  v4 || v6 ? { 'ip' => host } : nil
}`;

/** Where a container's line comes from: what the API told, else its file. */
const ORIGIN = `
path = text.(record['path'])
found = record['kubernetes'].is_a?(Hash) ? record['kubernetes'] : {}
pod, namespace, container = (${CONTAINER} || [])
pod = found['pod_name'] || pod
hash = found['labels'].is_a?(Hash) ? found['labels']['pod-template-hash'] : nil
deployment = hash && pod.to_s.include?('-' + hash + '-') ? pod.split('-' + hash + '-')[0] : deployment_of.(pod)
origin = filled.({ 'namespace' => found['namespace_name'] || namespace, 'pod' => named.(pod), 'container' => named.(found['container_name'] || container), 'deployment' => named.(deployment), 'node' => named.(found['host'] || ENV['NODE_NAME']) })
message = text.(record['message'] || record['log'] || record['unmatched_line']).sub(/\\r?\\n\\z/, '')`;

function shape(code: string, document: string): string {
  return recordRuby(`${HEAD.trim()}\n${code.trim()}\nJSON.generate(filled.({ '_id' => record['_id'], ${document} }))`);
}

/** A container's line in the fields of `filebeatFields`. */
export const CONTAINER_DOCUMENT = shape(ORIGIN, `'message' => message, 'stream' => record['stream'] || 'stdout', 'kubernetes' => origin, 'log' => { 'file' => { 'path' => path } }`);

/** A web pod's line in the fields of `apacheFields`: an access line (combined, with the time to answer behind), an error line, or neither. */
export const APACHE_DOCUMENT = shape(
  `${ORIGIN}
quoted = '((?:[^"\\\\\\\\]|\\\\\\\\.)*)'
@access ||= Regexp.new('\\A([^ ]+) [^ ]* (.*?) ?\\[..\\/[^"]*?\\] "' + quoted + '" ([1-9]\\d\\d) ([^ ]*) "' + quoted + '" "' + quoted + '"(?: (\\d{1,15}))?', Regexp::MULTILINE)
plain = lambda { |value| value.nil? || value == '' || value == '-' ? nil : value.gsub(/\\\\(["\\\\])/) { $1 } }
number = lambda { |value| /\\A\\d{1,15}\\z/.match?(value.to_s) ? value.to_i : nil }
if (line = @access.match(message))
  method, target, version = (/\\A([^ ]+) (.+) HTTP\\/([^ ]*)\\z/m.match(line[3])&.captures || [])
  where, query = target.nil? ? [] : target.gsub(/\\\\(["\\\\])/) { $1 }.split('?', 2)
  duration = number.(line[8])
  parts = {
    'event' => filled.({ 'dataset' => 'access', 'duration_us' => duration && duration <= 2_147_483_647 ? duration : nil }),
    'http' => filled.({ 'version' => version, 'request' => filled.({ 'method' => method, 'referrer' => plain.(line[6]) }), 'response' => filled.({ 'status_code' => line[4].to_i, 'bytes' => number.(line[5]) }) }),
    'url' => filled.({ 'path' => where, 'query' => query }),
    'source' => address.(line[1]),
    'user' => named.(plain.(line[2])),
    'user_agent' => plain.(line[7]) && { 'original' => plain.(line[7]) }
  }
elsif (line = /\\A\\[[A-Z][a-z]{2} [A-Z][a-z]{2} [^\\]]+\\] \\[(?:[\\w-]*:)?([a-z]+\\d?)\\](?: \\[pid [^\\]]*\\])?(?: \\[client ([\\d.]+|[\\da-fA-F:]+)(?::\\d+)?\\])?/.match(message))
  parts = { 'event' => { 'dataset' => 'error' }, 'source' => line[2] && address.(line[2]) }
  level = line[1]
else
  parts = { 'event' => { 'dataset' => 'unparsed' } }
end`,
  `'message' => message, **parts, 'kubernetes' => origin, 'log' => filled.({ 'file' => { 'path' => path }, 'level' => level })`,
);

/** A line of a node's log in the fields of `filebeatFields`: syslog's host and process where it has them, klog's level. */
export const NODE_DOCUMENT = shape(
  `
path = text.(record['path'])
message = text.(record['message'])
header = /\\A(?:[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d|\\d{4}-\\d\\d-\\d\\dT\\S+) (\\S+) ([^\\s:\\[]{1,64})(?:\\[\\d+\\])?: ?(.*)\\z/m.match(message)
host, process, message = header.captures if header
level = { 'I' => 'info', 'W' => 'warning', 'E' => 'error', 'F' => 'fatal' }[message[/\\A([IWEF])\\d{4} \\d\\d:\\d\\d:\\d\\d/, 1]]
node = set.(ENV['NODE_NAME'])`,
  `'message' => message, 'kubernetes' => filled.({ 'node' => named.(node) }), 'host' => named.(host || node || hostname), 'process' => named.(process), 'log' => filled.({ 'file' => { 'path' => path }, 'level' => level })`,
);

/** An event in the fields of `kubernetesFields`. */
export const EVENT_DOCUMENT = shape(
  `
line = text.(record['message'])
event = begin; JSON.parse(line); rescue JSON::ParserError; nil; end
event = nil unless event.is_a?(Hash) && %w[at type reason namespace kind name message].all? { |part| event[part].is_a?(String) }
at = event && (begin; Time.iso8601(event['at']).utc.strftime('%Y-%m-%dT%H:%M:%S.%LZ'); rescue ArgumentError; nil; end)
about = lambda { |kind| event['kind'] == kind ? named.(event['name']) : nil }
kubernetes = event.nil? ? { 'event' => { 'type' => 'Warning', 'reason' => 'Unparsed' } } : filled.({
  'namespace' => event['namespace'],
  'event' => { 'type' => event['type'], 'reason' => event['reason'], 'involved_object' => { 'kind' => event['kind'], 'name' => event['name'] }, 'count' => 1 },
  'pod' => about.('Pod'), 'deployment' => about.('Deployment'), 'node' => about.('Node')
})`,
  `'@timestamp' => at, 'message' => event ? event['message'] : line, 'kubernetes' => kubernetes`,
);

/** `INFO` of a Redis server in the fields of `redisFields`. The lag of a replica isn't in its own `INFO`; the primary has none. */
export const REDIS_DOCUMENT = shape(
  `
info = text.(record['message']).scan(/^([\\w.-]+):([^\\r\\n]*)/).to_h
number = lambda { |value| value.to_s =~ /\\A-?\\d+\\z/ ? value.to_i : value.to_s =~ /\\A-?\\d+\\.\\d+\\z/ ? value.to_f : nil }
names = %w[uptime_in_seconds connected_clients connected_slaves used_memory used_memory_rss used_memory_dataset mem_fragmentation_ratio mem_fragmentation_bytes allocator_allocated allocator_active allocator_frag_ratio allocator_frag_bytes instantaneous_ops_per_sec total_commands_processed keyspace_hits keyspace_misses evicted_keys]
pod = set.(ENV['POD_NAME']) || hostname
replica = info['role'] == 'slave'
redis = filled.({
  'instance' => pod, 'role' => info['role'], 'version' => info['redis_version'],
  'keys' => info.sum { |name, value| name =~ /\\Adb\\d+\\z/ ? value[/keys=(\\d+)/, 1].to_i : 0 },
  **names.to_h { |name| [name, number.(info[name])] },
  'active_defrag_running' => info['active_defrag_running'].to_i > 0,
  'master_repl_offset' => number.(replica ? info['slave_repl_offset'] || info['master_repl_offset'] : info['master_repl_offset']),
  'master_link_up' => replica ? info['master_link_status'] == 'up' : nil,
  'replication_lag_bytes' => replica ? nil : 0
})`,
  `'redis' => redis, 'kubernetes' => filled.({ 'namespace' => set.(ENV['POD_NAMESPACE']), 'pod' => named.(pod), 'container' => { 'name' => 'redis' }, 'deployment' => named.(deployment_of.(pod)), 'node' => named.(ENV['NODE_NAME']) })`,
);
