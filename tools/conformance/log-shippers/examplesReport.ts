import type { Problem, Severity, Shipper } from '../../../packages/log-shippers/src/index.ts';
import type { KnownExample } from './knownExamples.ts';

/** A configuration that was linted. */
export interface LintedExample {
  readonly program: Shipper;
  /** Where the rules depend on it. */
  readonly version?: string;
  readonly file: string;
  readonly problems: readonly Problem[];
}

/** Something that a linter says of an example. */
export interface ExampleFinding {
  readonly program: Shipper;
  readonly file: string;
  readonly line: number | null;
  readonly severity: Severity;
  readonly rule: string;
  readonly path: string;
  readonly message: string;
  /** The reason that is listed for it; null when it isn't known. */
  readonly known: string | null;
}

/** A known finding that isn't found any more. */
export interface StaleExample {
  readonly program: Shipper;
  readonly file: string;
  readonly rule: string;
  /** What is missing: a path, or how many. */
  readonly missing: string | number;
  readonly reason: string;
}

/** What the command prints with `--examples --json`. */
export interface ExamplesReport {
  readonly findings: readonly ExampleFinding[];
  readonly stale: readonly StaleExample[];
  /** Files that are no configuration of a shipper. */
  readonly skipped: readonly string[];
  readonly summary: {
    readonly programs: readonly { readonly program: Shipper; readonly configurations: number; readonly errors: number; readonly warnings: Readonly<Record<string, number>>; readonly unknown: number }[];
    readonly reasons: readonly { readonly program: Shipper; readonly rule: string; readonly reason: string; readonly findings: number }[];
    readonly unknown: number;
    readonly stale: number;
  };
}

/** Which findings are known, and which known ones are gone. The findings of one file are counted together. */
export function compareExamples(linted: readonly LintedExample[], skipped: readonly string[], known: readonly KnownExample[]): ExamplesReport {
  const findings: ExampleFinding[] = [];
  const stale: StaleExample[] = [];
  for (const { program, version, file } of new Map(linted.map((each) => [`${each.program} ${each.file}`, each])).values()) {
    const entries = known.filter((entry) => entry.program === program && (entry.version === undefined || entry.version === version)).flatMap(({ files, rule, reason }) =>
      Object.entries(files).filter(([end]) => `/${file}`.endsWith(`/${end}`)).map(([, what]) => ({ rule, reason, paths: typeof what === 'number' ? undefined : [...what], left: typeof what === 'number' ? what : what.length })));
    for (const { rule, severity, at, message } of linted.filter((each) => each.program === program && each.file === file).flatMap(({ problems }) => problems)) {
      const entry = entries.find((each) => each.rule === rule && each.left > 0 && (each.paths === undefined || each.paths.includes(at.path)));
      if (entry !== undefined) entry.left--;
      entry?.paths?.splice(entry.paths.indexOf(at.path), 1);
      findings.push({ program, file, line: at.line ?? null, severity, rule, path: at.path, message, known: entry?.reason ?? null });
    }
    for (const { rule, reason, paths, left } of entries) {
      for (const missing of paths ?? (left > 0 ? [left] : [])) stale.push({ program, file, rule, missing, reason });
    }
  }
  const programs = [...new Set(linted.map(({ program }) => program))].sort();
  const reasons = new Map<string, { program: Shipper; rule: string; reason: string; findings: number }>();
  for (const { program, rule, known: reason } of findings) {
    if (reason === null) continue;
    const key = JSON.stringify([program, rule, reason]);
    reasons.set(key, { program, rule, reason, findings: (reasons.get(key)?.findings ?? 0) + 1 });
  }
  return {
    findings, stale, skipped,
    summary: {
      programs: programs.map((program) => {
        const own = findings.filter((finding) => finding.program === program);
        return { program, configurations: linted.filter((each) => each.program === program).length, errors: own.filter(({ severity }) => severity === 'error').length, warnings: countByRule(own.filter(({ severity }) => severity === 'warning')), unknown: own.filter((finding) => finding.known === null).length };
      }),
      reasons: [...reasons.values()],
      unknown: findings.filter((finding) => finding.known === null).length,
      stale: stale.length,
    },
  };
}

function countByRule(findings: readonly ExampleFinding[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { rule } of findings) counts[rule] = (counts[rule] ?? 0) + 1;
  return counts;
}

/** 1 when there is a finding that isn't known. */
export function examplesExitCode({ summary }: ExamplesReport): 0 | 1 {
  return summary.unknown > 0 ? 1 : 0;
}

/** The report for people. */
export function formatExamples({ findings, stale, skipped, summary }: ExamplesReport): string {
  const rows = [['program', 'configurations', 'errors', 'warnings', 'not known'], ...summary.programs.map(({ program, configurations, errors, warnings, unknown }) => [program, configurations, errors, Object.values(warnings).reduce((sum, each) => sum + each, 0), unknown].map(String))];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '));
  if (summary.reasons.length > 0) lines.push('', 'Known:', ...summary.reasons.map(({ program, rule, reason, findings: count }) => `  ${count} × ${program} ${rule}: ${reason}`));
  const unknown = findings.filter(({ known }) => known === null);
  if (unknown.length > 0) lines.push('', 'Not known:', ...unknown.map(({ program, file, line, severity, rule, path, message }) => `  ${file}${line === null ? '' : `:${line}`}: ${severity}: ${program}: ${message} [${rule}]${path === '' ? '' : ` at ${path}`}`));
  if (stale.length > 0) lines.push('', 'Known, but no longer found:', ...stale.map(({ program, file, rule, missing, reason }) => `  ${file}: ${program} ${rule}${typeof missing === 'number' ? `, ${missing} fewer` : ` at ${missing}`} (${reason})`));
  lines.push('', `${skipped.length} file${skipped.length === 1 ? '' : 's'} passed over: no configuration of a shipper.`);
  return `${lines.join('\n')}\n`;
}
