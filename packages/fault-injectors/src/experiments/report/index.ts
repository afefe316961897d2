import type { ExperimentJournal } from '../journal.ts';
import { htmlReport } from './html.ts';
import { junitReport } from './junit.ts';
import { markdownReport } from './markdown.ts';

/** What a report may be written as. */
export type ReportFormat = 'html' | 'junit' | 'json' | 'markdown';

/** Every {@link ReportFormat}, with the ends of file names that mean it. */
export const REPORT_FORMATS: Readonly<Record<ReportFormat, readonly string[]>> = { html: ['.html', '.htm'], junit: ['.xml'], json: ['.json'], markdown: ['.md', '.markdown'] };

/** An experiment's journal as a page, as JUnit XML, as JSON or as Markdown. */
export function experimentReport(journal: ExperimentJournal, format: ReportFormat): string {
  switch (format) {
    case 'html':
      return htmlReport(journal);
    case 'junit':
      return junitReport(journal);
    case 'json':
      return `${JSON.stringify(journal, null, 2)}\n`;
    case 'markdown':
      return markdownReport(journal);
  }
}
