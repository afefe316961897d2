import { useMemo } from 'react';
import { renderMarkdown } from './render.ts';

/** A Markdown text; any HTML in it is shown as text. */
export function Markdown({ text }: { readonly text: string }) {
  const html = useMemo(() => renderMarkdown(text), [text]);
  return <div className="markdown" dangerouslySetInnerHTML={{ __html: html }} />;
}
