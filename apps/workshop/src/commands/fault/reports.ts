import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { PodscopeError } from '@podscope/core';
import { type ExperimentJournal, experimentReport, REPORT_FORMATS, type ReportFormat, verdictText } from '@podscope/fault-injectors/experiments';
import { usageError } from '../usageError.ts';

/** A report that is to be written. */
export interface WantedReport {
  readonly file: string;
  readonly format: ReportFormat;
}

/** What `--report` and `--junit` ask for. @throws PodscopeError CLI_USAGE for a name that says no format */
export function wantedReports(options: Readonly<Record<string, unknown>>): readonly WantedReport[] {
  const named = (Array.isArray(options['report']) ? options['report'].map(String) : []).map((file) => {
    const end = extname(file).toLowerCase();
    const format = (Object.keys(REPORT_FORMATS) as ReportFormat[]).find((each) => REPORT_FORMATS[each].includes(end));
    if (format === undefined) throw usageError(`The name of the report ${file} doesn't say what it is.`, `End it in ${Object.values(REPORT_FORMATS).flat().join(', ')}.`);
    return { file, format };
  });
  return options['junit'] === undefined ? named : [...named, { file: String(options['junit']), format: 'junit' }];
}

/** Writes each of them, also where another can't be. @throws PodscopeError DIRECTORY_UNUSABLE, then, naming those that could not */
export async function writeReports(reports: readonly WantedReport[], journal: ExperimentJournal, onWritten: (file: string) => void): Promise<void> {
  const failures: { readonly file: string; readonly cause: unknown }[] = [];
  for (const { file, format } of reports) {
    try {
      await writeFile(file, experimentReport(journal, format));
      onWritten(file);
    } catch (cause) {
      failures.push({ file, cause });
    }
  }
  const [first] = failures;
  if (first === undefined) return;
  throw new PodscopeError('DIRECTORY_UNUSABLE', `The report ${failures.map(({ file }) => file).join(', ')} can't be written.`, { hint: `The experiment is over: ${verdictText(journal)}. Give another file.`, cause: first.cause });
}
