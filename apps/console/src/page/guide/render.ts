import { Marked, type Tokens } from 'marked';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** A text that HTML shows as it is. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** A link's target, or undefined where it could run or leave something: only pages, mail-free web addresses and anchors. */
export function safeHref(href: string): string | undefined {
  if (/^https?:\/\//i.test(href)) return href;
  if (/^#[\w/-]*$/.test(href)) return href;
  const page = /^(?:\.\/)?([\w-]+)\.md(?:#.*)?$/.exec(href);
  return page ? `#/guide/${page[1] ?? ''}` : undefined;
}

/** An id for a heading. */
export function headingId(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
}

/** Markdown whose HTML is shown, not obeyed: what hunts and the guide say may quote hostile log lines. */
const marked = new Marked({
  gfm: true,
  async: false,
  renderer: {
    html: ({ text }: Tokens.HTML | Tokens.Tag) => escapeHtml(text),
    link({ href, tokens }: Tokens.Link) {
      const target = safeHref(href);
      const text = this.parser.parseInline(tokens);
      if (!target) return text;
      const outside = target.startsWith('#') ? '' : ' rel="noreferrer noopener" target="_blank"';
      return `<a href="${escapeHtml(target)}"${outside}>${text}</a>`;
    },
    // Nothing is loaded from elsewhere: a picture is its words.
    image: ({ text }: Tokens.Image) => escapeHtml(text),
    heading({ tokens, depth, text }: Tokens.Heading) {
      return `<h${depth} id="${headingId(text)}">${this.parser.parseInline(tokens)}</h${depth}>`;
    },
    code: ({ text, lang }: Tokens.Code) =>
      `<pre tabindex="0"${lang ? ` data-language="${escapeHtml(lang)}"` : ''}><code>${escapeHtml(text)}</code></pre>`,
  },
});

/** HTML of a Markdown text, safe to insert. A table scrolls in a box of its own, which the keyboard reaches. */
export function renderMarkdown(text: string): string {
  // No text holds these tags: every "<" of the text is written as "&lt;".
  return marked.parse(text, { async: false }).replaceAll('<table>', '<div class="markdown-table" role="group" aria-label="Table" tabindex="0"><table>').replaceAll('</table>', '</table></div>');
}
