import type { Finding } from './finding.ts';

/** Findings for people: by object, each with what is wrong, where, and what to do. Ends with a line of the sum. */
export function formatFindings(findings: readonly Finding[]): string {
  const groups = new Map<string, Finding[]>();
  for (const each of findings) groups.set(headOf(each), [...(groups.get(headOf(each)) ?? []), each]);
  const lines = [...groups].flatMap(([head, of]) => [head, ...of.flatMap(({ severity, rule, path, what, fix }) => [`  ${severity.padEnd(8)} ${what} (${rule})`, ...(path === undefined ? [] : [`           at ${path}`]), `           ${fix}`]), '']);
  return `${[...lines, sumOf(findings)].join('\n')}\n`;
}

function headOf({ object, place }: Finding): string {
  if (object === undefined) return 'The file as a whole';
  const where = place === undefined ? '' : `${place.file ?? 'line'}${place.file === undefined ? ' ' : ':'}${place.line}: `;
  return `${where}${object.type} ${object.id}${object.title === undefined ? '' : ` "${object.title}"`}`;
}

function sumOf(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'Nothing is wrong.';
  const count = (severity: Finding['severity']): number => findings.filter((each) => each.severity === severity).length;
  return `${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}: ${count('refused')} that an import refuses, ${count('broken')} that break, ${count('hidden')} that are left out.`;
}
