import { type GuidePageText, guidePagesOf } from './guide/order.ts';

const files = import.meta.glob<string>('../../../../docs/guide/*.md', { query: '?raw', import: 'default', eager: true });

/** The guide's pages, as they were when the page was built. */
export const GUIDE_PAGES: readonly GuidePageText[] = guidePagesOf(files);
