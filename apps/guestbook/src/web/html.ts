import { type Entry, MESSAGE_LENGTH, NAME_LENGTH } from '../entry.ts';

/** Who answers: shown at the foot of every page. */
export interface Server {
  readonly pod: string;
  readonly node: string | undefined;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text for HTML, in elements and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}

/** A whole page around its main part, which is HTML already. */
function page(title: string, main: string, server: Server): string {
  const where = server.node === undefined ? '' : ` on ${escapeHtml(server.node)}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="/style.css">
<link rel="icon" href="/favicon.ico">
</head>
<body>
<header><a class="home" href="/">Guestbook</a><nav><a href="/archive/1">Archive</a> <a href="/about">About</a></nav></header>
<main>
${main}
</main>
<footer>Answered by ${escapeHtml(server.pod)}${where}</footer>
</body>
</html>
`;
}

function list(entries: readonly Entry[]): string {
  if (entries.length === 0) return '<p class="empty">No one has written yet. Be the first.</p>';
  const items = entries.map(
    (entry) => `<li><p>${escapeHtml(entry.message)}</p><small>${escapeHtml(entry.name)}, <time>${escapeHtml(entry.at)}</time></small></li>`,
  );
  return `<ol class="entries">\n${items.join('\n')}\n</ol>`;
}

/** The front page: the form and the newest entries. */
export function frontPage(entries: readonly Entry[], total: number, server: Server): string {
  return page(
    'Guestbook',
    `<h1>Sign the guestbook</h1>
<form method="post" action="/entries">
<label>Your name <input name="name" required maxlength="${NAME_LENGTH}" autocomplete="name"></label>
<label>Your message <textarea name="message" required maxlength="${MESSAGE_LENGTH}" rows="3"></textarea></label>
<button>Sign</button>
</form>
<h2>${total} ${total === 1 ? 'entry' : 'entries'}</h2>
${list(entries)}`,
    server,
  );
}

/** One page of the archive. */
export function archivePage(number: number, entries: readonly Entry[], server: Server): string {
  const back = number > 1 ? `<a href="/archive/${number - 1}">Newer</a> ` : '';
  return page(
    `Archive ${number}`,
    `<h1>Archive, page ${number}</h1>\n${list(entries)}\n<p>${back}<a href="/archive/${number + 1}">Older</a></p>`,
    server,
  );
}

/** What this is. */
export function aboutPage(server: Server): string {
  return page(
    'About the guestbook',
    `<h1>About</h1>
<p>A small guestbook. Several web servers answer behind one address; entries are written to one Redis primary and read
from its replicas. Every request leaves a line in an access log.</p>`,
    server,
  );
}

/** A page that was published by hand. */
export function publishedPage(path: string, server: Server): string {
  return page(path, `<h1>${escapeHtml(path)}</h1>\n<p>This page was published by the people who run the guestbook.</p>`, server);
}

/** A page for everything that went wrong. */
export function messagePage(title: string, text: string, server: Server): string {
  return page(title, `<h1>${escapeHtml(title)}</h1>\n<p>${escapeHtml(text)}</p>\n<p><a href="/">To the guestbook</a></p>`, server);
}

/** The style sheet; light or dark as the system is. */
export const STYLE = `:root{color-scheme:light dark;--ink:#1d2733;--paper:#fbfaf7;--line:#d8d4ca;--accent:#0b6e63}
@media(prefers-color-scheme:dark){:root{--ink:#e6e9ec;--paper:#15191e;--line:#343b44;--accent:#5ccfc0}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:44rem;padding:1rem;font:1rem/1.55 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
header{display:flex;justify-content:space-between;align-items:baseline;border-bottom:1px solid var(--line);padding-bottom:.5rem}
a{color:var(--accent)}.home{font:600 1.25rem Georgia,serif;text-decoration:none}nav a{margin-left:.75rem}
h1,h2{font-family:Georgia,serif;font-weight:600;line-height:1.2}
form{display:grid;gap:.75rem}label{display:grid;gap:.25rem}
input,textarea{font:inherit;color:inherit;background:transparent;border:1px solid var(--line);border-radius:.375rem;padding:.5rem}
button{justify-self:start;font:inherit;color:var(--paper);background:var(--accent);border:0;border-radius:.375rem;padding:.5rem 1.25rem;cursor:pointer}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.entries{list-style:none;padding:0}.entries li{border-top:1px solid var(--line);padding:.75rem 0;overflow-wrap:anywhere}
.entries p{margin:0}small,footer,.empty{opacity:.75}
footer{border-top:1px solid var(--line);margin-top:2rem;padding-top:.5rem;font-size:.875rem}
`;

/** The icon: an SVG, small enough to stand here. */
export const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#0b6e63" d="M2 2h5a1 1 0 0 1 1 1 1 1 0 0 1 1-1h5v11H9l-1 1-1-1H2z"/></svg>\n';
