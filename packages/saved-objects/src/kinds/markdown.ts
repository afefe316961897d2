import { type Visualization, visualization } from './visualization.ts';

/** Options of {@link markdown}. */
export interface MarkdownOptions {
  /** Points. @default 12 */
  readonly fontSize?: number;
  /** @default false */
  readonly openLinksInNewTab?: boolean;
  readonly description?: string;
}

/** A text in Markdown; HTML in it stays text. */
export function markdown(id: string, title: string, text: string, options: MarkdownOptions = {}): Visualization {
  const { description, fontSize = 12, openLinksInNewTab = false } = options;
  const params = { fontSize, openLinksInNewTab, markdown: text };
  return visualization({ id, title, kind: 'markdown', aggs: [], options: description === undefined ? {} : { description }, params });
}
