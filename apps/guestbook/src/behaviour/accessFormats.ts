import { accessLine, type AccessRecord } from '../web/apacheLog.ts';

/** An access line in that format. `json` and `pipes` are what a careless release might write: no pipeline for Apache's format reads them. */
export function formatAccess(record: AccessRecord, format: 'combined' | 'json' | 'pipes'): string {
  if (format === 'combined') return accessLine(record);
  const time = new Date(record.at).toISOString();
  if (format === 'json') {
    const { address, request, status, bytes, referer, userAgent, duration } = record;
    return JSON.stringify({ ts: time, client: address, req: request, code: status, size: bytes, ref: referer ?? null, agent: userAgent ?? null, us: duration });
  }
  const parts = [time, record.address, record.request, record.status, record.bytes, record.userAgent ?? '', record.duration];
  // A line stays a line, and a part a part, whatever a client sends.
  return parts.map((part) => String(part).replace(/[^ -{}~]/g, (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, '0')}`)).join('|');
}
