import { readFileSync } from 'node:fs';
import { escapeMarkup } from '../../packages/dashboard-renderer/src/index.ts';
import { type Comparison, unexplained } from './compare.ts';
import { DIFFERENCES } from './differences.ts';
import type { Recording } from './recordings.ts';

/** One recording with what we made of it. */
export interface PageEntry {
  readonly recording: Recording;
  readonly comparison: Comparison;
  readonly light: string;
  readonly dark: string;
}

const STYLE = `
body { font: 14px/1.5 system-ui, sans-serif; margin: 24px; background: #eef1f5; color: #222 }
section { background: #fff; padding: 16px; margin: 0 0 24px; border-radius: 6px }
.side { display: grid; grid-template-columns: 1fr 1fr 1fr; gap: 12px; align-items: start }
.side img, .side svg { width: 100%; height: auto; display: block }
.side > div > svg { border: 1px solid #ccd }
h2 { margin: 0 0 8px; font-size: 16px } table { border-collapse: collapse; margin-top: 12px; font-size: 12px }
td, th { text-align: left; padding: 3px 10px 3px 0; vertical-align: top } .bad { color: #b00020 } details pre { max-height: 300px; overflow: auto; font-size: 11px }
`;

/** The page that puts recorded screenshots beside our pictures. */
export function pageOf(entries: readonly PageEntry[]): string {
  const open = entries.reduce((count, { comparison }) => count + unexplained(comparison).length, 0);
  const asked = entries.reduce((count, { comparison }) => count + comparison.searches.length, 0);
  const rules = DIFFERENCES.map(({ rule, reason, source }) => `<tr id="${rule}"><td>${rule}</td><td>${escapeMarkup(reason)}</td><td>${escapeMarkup(source)}</td></tr>`).join('');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Recorded and ours</title><style>${STYLE}</style>
<h1>Recorded and ours</h1>
<p>${entries.length} recordings, ${asked} requests of ours, <b class="${open > 0 ? 'bad' : ''}">${open} differences without an explanation</b>. On the left the product, then our picture from the recorded answers, light and dark.</p>
<table><tr><th>rule</th><th>reason</th><th>product source</th></tr>${rules}</table>
${entries.map(sectionOf).join('\n')}
</html>\n`;
}

function sectionOf({ recording, comparison, light, dark }: PageEntry): string {
  const shot = readFileSync(recording.screenshot).toString('base64');
  const rows = [
    ...comparison.searches.map(({ panel, search, recorded, rules, unlike }) => {
      const verdict = recorded ? (rules.length > 0 ? `same but for ${rules.map((rule) => `<a href="#${rule}">${rule}</a>`).join(', ')}` : 'same') : `<span class="bad">${unlike.map(escapeMarkup).join('<br>') || 'nothing like it was recorded'}</span>`;
      const body = escapeMarkup(JSON.stringify(search.body, undefined, 1).slice(0, 20_000));
      return `<tr><td>${escapeMarkup(panel)}</td><td>${escapeMarkup(search.name)}</td><td>${verdict}</td><td><details><summary>request</summary><pre>${body}</pre></details></td></tr>`;
    }),
    ...comparison.beside.map(({ request, rule }) => `<tr><td></td><td>${escapeMarkup(request.path)}</td><td>${rule === undefined ? '<span class="bad">recorded only</span>' : `recorded only: <a href="#${rule}">${rule}</a>`}</td><td></td></tr>`),
  ].join('');
  return `<section id="${escapeMarkup(recording.kind)}-${escapeMarkup(recording.name)}"><h2>${escapeMarkup(recording.kind)} ${escapeMarkup(recording.name)}</h2>
<div class="side"><div><img alt="recorded" src="data:image/png;base64,${shot}"></div><div>${light}</div><div>${dark}</div></div>
<table>${rows}</table></section>`;
}
