import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ApacheLogs, ContainerLogs, MultilineLanguage } from '../../../packages/log-shippers/src/index.ts';

/** A container whose log is written. */
export interface LoggedContainer {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

/** Where a container's log stands, as kubelet lays it out. */
export interface LogPlace {
  /** The link that shippers find: `containers/<pod>_<namespace>_<container>-<id>.log`. */
  readonly link: string;
  /** The file behind it: `pods/<namespace>_<pod>_<uid>/<container>/0.log`. */
  readonly file: string;
}

/** Makes the place of a container's log under a folder: an empty file, and the link to it. */
export async function placeLog(folder: string, { namespace, pod, container }: LoggedContainer): Promise<LogPlace> {
  const id = Buffer.from(`${pod}/${container}`).toString('hex').padEnd(64, '0').slice(0, 64);
  const file = join(folder, 'pods', `${namespace}_${pod}_0f3c1a52-9d5e-4b0e-8f35-0123456789ab`, container, '0.log');
  const link = join(folder, 'containers', `${pod}_${namespace}_${container}-${id}.log`);
  await mkdir(dirname(file), { recursive: true });
  await mkdir(dirname(link), { recursive: true });
  await writeFile(file, '');
  await symlink(file, link);
  return { link, file };
}

/** A line as containerd writes it. */
export function criLine(time: string, stream: 'stdout' | 'stderr', text: string | Buffer, flag: 'F' | 'P' = 'F'): Buffer {
  return Buffer.concat([Buffer.from(`${time} ${stream} ${flag} `), Buffer.from(text), Buffer.from('\n')]);
}

/** A line as Docker writes it. A part of a longer line has no newline in its text. */
export function dockerLine(time: string, stream: 'stdout' | 'stderr', text: string, part = false): Buffer {
  return Buffer.from(`${JSON.stringify({ log: part ? text : `${text}\n`, stream, time })}\n`);
}

/** An access line as the workshop's web pods write it. */
export function accessLine(path: string, status = 200): string {
  return `10.2.3.4 - - [24/Nov/2026:09:22:23 +0000] "GET ${path}?a=1 HTTP/1.1" ${status} 512 "http://guestbook.test/" "Mozilla/5.0 (X11; Linux x86_64)" 1834`;
}

const TRACES: Readonly<Record<MultilineLanguage, readonly string[]>> = {
  java: ['java.lang.IllegalStateException: no stock left', '\tat com.example.shop.Cart.add(Cart.java:42)', '\tat com.example.shop.Main.main(Main.java:7)', 'Caused by: java.io.IOException: closed', '\tat com.example.shop.Store.read(Store.java:9)', '\t... 2 more'],
  python: ['Traceback (most recent call last):', '  File "/app/shop.py", line 7, in <module>', '    main()', "ValueError: invalid literal for int() with base 10: 'x'"],
  go: ['panic: no stock left', '', 'goroutine 1 [running]:', 'main.main()', '\t/app/main.go:7 +0x1d'],
  ruby: ["shop.rb:7:in `add': no stock left (RuntimeError)", "\tfrom shop.rb:12:in `<main>'"],
};

/** A stack trace of a language, line by line. */
export function stackTrace(language: MultilineLanguage): readonly string[] {
  return TRACES[language];
}

/** A container that a source chooses. */
export function chosenContainer({ kind, namespaces, pods, containers }: ContainerLogs | ApacheLogs): LoggedContainer {
  const one = (names: readonly string[] | undefined, otherwise: string): string => names?.[0]?.replaceAll('*', '1') ?? otherwise;
  return { namespace: one(namespaces, 'guestbook'), pod: one(pods, kind === 'apache-logs' ? 'frontend-1' : 'backend-1'), container: one(containers, kind === 'apache-logs' ? 'php' : 'app') };
}

/** Some lines that a container source reads: plain ones, a trace, and one in parts. */
export function sampleLines(source: ContainerLogs | ApacheLogs): Buffer {
  const docker = source.format === 'docker';
  const line = (at: number, text: string, part = false): Buffer => {
    const time = `2026-11-24T09:22:23.${String(at).padStart(9, '0')}Z`;
    return docker ? dockerLine(time, 'stdout', text, part) : criLine(time, 'stdout', text, part ? 'P' : 'F');
  };
  if (source.kind === 'apache-logs') return Buffer.concat([line(1, accessLine('/')), line(2, accessLine('/missing', 404)), line(3, '[Tue Nov 24 09:22:23.1 2026] [core:error] [pid 1:tid 2] [client 10.0.0.1:5] File not found'), line(4, 'neither')]);
  const trace = (source.multiline ?? []).flatMap((language) => stackTrace(language));
  return Buffer.concat(['one', 'two', ...trace, 'three'].map((text, at) => line(at, text)).concat([line(90, 'the beginning, ', true), line(91, 'and the end'), line(92, 'last')]));
}

/** What a Redis says of itself, as the container beside a shipper writes it to a file. */
export const REDIS_INFO = [
  '# Server', 'redis_version:7.4.1', 'uptime_in_seconds:86400', '# Clients', 'connected_clients:12', '# Memory', 'used_memory:1048576', 'used_memory_rss:2097152', 'used_memory_dataset:524288',
  'mem_fragmentation_ratio:2.00', 'mem_fragmentation_bytes:1048576', 'allocator_allocated:1100000', 'allocator_active:1500000', 'allocator_frag_ratio:1.36', 'allocator_frag_bytes:400000', 'active_defrag_running:0',
  '# Stats', 'total_commands_processed:4242', 'instantaneous_ops_per_sec:17', 'evicted_keys:0', 'keyspace_hits:100', 'keyspace_misses:3', '# Replication', 'role:master', 'connected_slaves:2', 'master_repl_offset:77', '# Keyspace', 'db0:keys=5,expires=0,avg_ttl=0',
].join('\r\n');

/** A workload event as the workshop writes it, one a line. */
export function eventLine(at: number): string {
  return `${JSON.stringify({ at: `2026-11-24T09:22:${String(at % 60).padStart(2, '0')}.000Z`, type: 'Normal', reason: 'Scheduled', namespace: 'guestbook', kind: 'Pod', name: `frontend-${at}`, message: `Successfully assigned guestbook/frontend-${at} to node-1` })}\n`;
}
