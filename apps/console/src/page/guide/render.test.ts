import { describe, expect, it } from 'vitest';
import { escapeHtml, renderMarkdown, safeHref } from './render.ts';

describe('renderMarkdown', () => {
  it('shows HTML instead of obeying it', () => {
    const html = renderMarkdown('<script>alert(1)</script>\n\ntext <img src=x onerror=alert(1)> more\n\n`<b>`');
    expect(html).not.toMatch(/<script|<img|<b>/);
    expect(html).toContain('&lt;script&gt;');
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
  });

  it('takes no target that could run, from links of any form', () => {
    for (const text of ['[a](javascript:alert(1))', '[a](JaVaScRiPt:alert(1))', '<javascript:alert(1)>', '[a](data:text/html,x)', '[a][1]\n\n[1]: vbscript:x', '[a](&#106;avascript:alert(1))']) {
      expect(renderMarkdown(text)).not.toMatch(/href=/);
    }
  });

  it('cannot be left through an attribute', () => {
    expect(renderMarkdown('[a](https://e.invalid/"onmouseover="x)')).not.toMatch(/"onmouseover/);
    expect(renderMarkdown('```"><img src=x>\ncode\n```')).not.toContain('<img');
  });

  it('loads no pictures', () => {
    expect(renderMarkdown('![words](https://e.invalid/a.png)')).toBe('<p>words</p>\n');
  });

  it('puts a table into a box that scrolls, and nothing that only looks like one', () => {
    expect(renderMarkdown('| a |\n| --- |\n| b |')).toMatch(/^<div class="markdown-table"[^>]* tabindex="0"><table>[\s\S]*<\/table><\/div>\s*$/);
    expect(renderMarkdown('<table>\n\n`<table>` &lt;table>\n\n```\n</table>\n```')).not.toContain('<div');
  });

  it('writes what Markdown is for', () => {
    expect(renderMarkdown('# One *two*\n\n- a\n- b')).toBe('<h1 id="one-two">One <em>two</em></h1>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n'.replace('</h1>\n', '</h1>'));
  });
});

describe('safeHref', () => {
  it('turns pages of the guide into routes', () => {
    expect(safeHref('hunts.md')).toBe('#/guide/hunts');
    expect(safeHref('./hunts.md#hints')).toBe('#/guide/hunts');
    expect(safeHref('https://opensearch.org/')).toBe('https://opensearch.org/');
    expect(safeHref('../../etc/passwd')).toBeUndefined();
  });
});

it('escapes all five signs', () => {
  expect(escapeHtml(`<a b='c' d="e">&`)).toBe('&lt;a b=&#39;c&#39; d=&quot;e&quot;&gt;&amp;');
});
