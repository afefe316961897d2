import { parseAccessLine } from '../../../../apps/workshop/src/targets/embedded/collector/accessLine.ts';
import type { BeatsEvent } from '../../../lumberjack/server.ts';

/**
 * What the generated Logstash configuration's filters make of an event, for the stand-in of its Beats input, which runs no
 * filters: the fields of a web line. Events that come with them are left as they are.
 */
export function asLogstashDoes(event: BeatsEvent, family: string): BeatsEvent {
  const message = event['message'];
  const parsed = event['event'] as { readonly dataset?: string } | undefined;
  if (family !== 'apache' || typeof message !== 'string' || ['access', 'error', 'unparsed'].includes(parsed?.dataset ?? '')) return event;
  const line = parseAccessLine(message);
  if (line === undefined) {
    const groups = /^\[[^\]]+\] \[(?:[\w-]*:)?(?<level>[a-z]+)\](?: \[pid [^\]]*\])?(?: \[client (?<client>[\d.]+):\d+\])?/.exec(message)?.groups;
    if (groups === undefined) return { ...event, event: { dataset: 'unparsed' } };
    return { ...event, event: { dataset: 'error' }, log: { ...(event['log'] as object | undefined), level: groups['level'] }, ...(groups['client'] === undefined ? {} : { source: { ip: groups['client'] } }) };
  }
  return {
    ...event,
    event: { dataset: 'access', duration_us: line.durationUs },
    http: { version: line.httpVersion, request: { method: line.method, referrer: line.referrer }, response: { status_code: line.status, bytes: line.bytes } },
    url: { path: line.path, query: line.query },
    source: { ip: line.sourceIp },
    user: { name: line.user },
    user_agent: { original: line.userAgent },
  };
}
