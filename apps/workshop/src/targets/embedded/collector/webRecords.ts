import { isIP } from 'node:net';
import type { ApacheDocument } from '@podscope/core/catalogues';
import { parseAccessLine, type AccessLine } from './accessLine.ts';
import type { Batch } from './batch.ts';
import type { ContainerRecord, RecordWriter } from './criFormat.ts';
import { documentId } from './documentId.ts';
import { jsonText } from './jsonText.ts';
import type { ContainerOrigin } from './containerOrigin.ts';

/** `[Tue Nov 24 09:22:23.1 2026] [core:error] [pid 1:tid 2] [client 10.0.0.1:5] text` */
const ERROR_LINE = /^\[[A-Z][a-z]{2} [A-Z][a-z]{2} [^\]]+\] \[(?:[\w-]*:)?(?<level>[a-z]+\d?)\](?: \[pid [^\]]*\])?(?: \[client (?<client>[\d.]+|[\da-fA-F:]+)(?::\d+)\])?/;

/**
 * The documents of a web pod: access lines with their fields, error lines with their level, anything else as
 * `unparsed`. The JSON is put together as text, which is several times faster than building objects for it.
 */
export class WebRecords implements RecordWriter {
  readonly #origin: ContainerOrigin;

  constructor(origin: ContainerOrigin) {
    this.#origin = origin;
  }

  waiting(): boolean {
    return this.#origin.waiting();
  }

  write(batch: Batch, key: string, record: ContainerRecord): void {
    const { text, timestamp, offset } = record;
    const access = parseAccessLine(text);
    const parts = access === undefined ? otherParts(text) : accessParts(access, UNUSUAL.test(text) ? jsonText : quoted);
    const level = access === undefined ? levelOf(text) : '';
    const source =
      `{"@timestamp":"${timestamp}","message":${JSON.stringify(text)},${parts},${this.#origin.json}${level},"offset":${offset}}}`;
    batch.add(documentId(key, offset), source, record.ascii && this.#origin.ascii);
  }
}

/** With none of these in a line, its quoted fields need no escaping: the quotes stand between them. */
const UNUSUAL = /[^\u0020-\u007e]|\\/;

function quoted(text: string): string {
  return `"${text}"`;
}

function accessParts(line: AccessLine, json: (text: string) => string): string {
  let parts = '"event":{"dataset":"access"';
  if (line.durationUs !== undefined) parts += `,"duration_us":${line.durationUs}`;
  parts += '},"http":{';
  if (line.httpVersion !== undefined) parts += `"version":${json(line.httpVersion)},`;
  if (line.method !== undefined || line.referrer !== undefined) {
    parts += '"request":{';
    if (line.method !== undefined) parts += `"method":${json(line.method)}`;
    if (line.referrer !== undefined) parts += `${line.method === undefined ? '' : ','}"referrer":${json(line.referrer)}`;
    parts += '},';
  }
  parts += `"response":{"status_code":${line.status}`;
  if (line.bytes !== undefined) parts += `,"bytes":${line.bytes}`;
  parts += '}}';
  if (line.path !== undefined) {
    parts += `,"url":{"path":${json(line.path)}`;
    if (line.query !== undefined) parts += `,"query":${json(line.query)}`;
    parts += '}';
  }
  if (line.sourceIp !== undefined) parts += `,"source":{"ip":"${line.sourceIp}"}`;
  // Stands between no quotes, so it may hold one.
  if (line.user !== undefined) parts += `,"user":{"name":${jsonText(line.user)}}`;
  if (line.userAgent !== undefined) parts += `,"user_agent":{"original":${json(line.userAgent)}}`;
  return parts;
}

function otherParts(text: string): string {
  const groups = ERROR_LINE.exec(text)?.groups;
  const client = groups?.['client'] ?? '';
  const document: Pick<ApacheDocument, 'event' | 'source'> = {
    event: { dataset: groups === undefined ? 'unparsed' : 'error' },
    ...(isIP(client) === 0 ? {} : { source: { ip: client } }),
  };
  return JSON.stringify(document).slice(1, -1);
}

/** What stands beside `log.file`: the level of an error line. */
function levelOf(text: string): string {
  const level = ERROR_LINE.exec(text)?.groups?.['level'];
  return level === undefined ? '' : `,"level":"${level}"`;
}
