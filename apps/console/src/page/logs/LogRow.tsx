import type { Hit } from '../api/search.ts';
import { bytes, clock, visible } from '../parts/format.ts';
import { Icon } from '../parts/Icon.tsx';
import { textAt } from './documents.ts';
import type { LogPattern } from './patterns.ts';

/** One document in a line: time, what matters of its pattern, message. */
export function LogRow(props: { readonly hit: Hit; readonly pattern: LogPattern; readonly open: boolean; onToggle(): void }) {
  const { hit, pattern, open, onToggle } = props;
  const source = hit._source;
  const lead = pattern.lead.map((name) => [name, textAt(source, name)] as const).filter(([, text]) => text !== '');
  const hasRequest = lead.some(([name]) => name === 'url.path');
  const message = hasRequest ? textAt(source, 'kubernetes.pod.name') : textAt(source, 'message');
  return (
    <button type="button" className="row-line" aria-expanded={open} onClick={onToggle}>
      <Icon name="chevron" size={14} />
      <time>{clock(textAt(source, '@timestamp'), true)}</time>
      <span className="row-text">
        {lead.map(([name, text]) => (
          <span key={name} className={`chip ${toneOf(name, text)}`} title={name}>
            {leadText(name, text)}
          </span>
        ))}
        <span className="row-message">{visible(message)}</span>
      </span>
    </button>
  );
}

function leadText(name: string, text: string): string {
  if (name === 'redis.used_memory') return bytes(Number(text));
  if (name === 'redis.mem_fragmentation_ratio') return `frag ${Number(text).toFixed(2)}`;
  if (name === 'redis.instantaneous_ops_per_sec') return `${text} ops/s`;
  return visible(text);
}

/** The colour class of a value; the words carry the meaning too. */
export function toneOf(name: string, text: string): string {
  if (name === 'http.response.status_code') {
    const code = Number(text);
    return code >= 500 ? 'tone-bad' : code >= 400 ? 'tone-warn' : code >= 300 ? 'tone-info' : 'tone-good';
  }
  if (name === 'kubernetes.event.type') return text === 'Warning' ? 'tone-warn' : 'tone-plain';
  if (name === 'log.level') return /err|crit|fatal|alert|emerg/i.test(text) ? 'tone-bad' : /warn/i.test(text) ? 'tone-warn' : 'tone-plain';
  return name === 'url.path' ? 'tone-path' : 'tone-plain';
}
