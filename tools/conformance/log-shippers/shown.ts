import { createHash } from 'node:crypto';
import type { ConfigFiles } from '../../../packages/log-shippers/src/index.ts';

const LONGEST = 200;

/** A configuration as lines of text, the arguments and the secrets' variables first. Long lines are cut, and told apart by a hash. */
export function linesOf({ files, args, environment }: ConfigFiles): readonly string[] {
  const head = [`arguments: ${args.join(' ')}`, ...(environment.length === 0 ? [] : [`environment: ${environment.map(({ variable }) => variable).join(' ')}`])];
  const texts = Object.entries(files).flatMap(([name, text]) => [`-- ${name}`, ...text.split('\n').filter((line) => line.trim() !== '')]);
  return [...head, ...texts].map((line) => (line.length <= LONGEST ? line : `${line.slice(0, LONGEST)}… (${line.length} characters, ${createHash('sha256').update(line).digest('hex').slice(0, 12)})`));
}

/**
 * What makes one list of lines out of another: `- ` goes, `+ ` comes, `@ <line before>` says where. The longest common
 * subsequence, found in a table: the lists have a few hundred lines.
 */
export function differences(before: readonly string[], after: readonly string[]): readonly string[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let [endBefore, endAfter] = [before.length, after.length];
  while (endBefore > start && endAfter > start && before[endBefore - 1] === after[endAfter - 1]) [endBefore, endAfter] = [endBefore - 1, endAfter - 1];
  const [a, b] = [before.slice(start, endBefore), after.slice(start, endAfter)];
  const width = b.length + 1;
  const common = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) common[i * width + j] = a[i] === b[j] ? (common[(i + 1) * width + j + 1] ?? 0) + 1 : Math.max(common[(i + 1) * width + j] ?? 0, common[i * width + j + 1] ?? 0);
  }
  const lines: string[] = [];
  let [i, j, open] = [0, 0, false];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      [i, j, open] = [i + 1, j + 1, false];
      continue;
    }
    if (!open) lines.push(`@ ${(i === 0 ? before[start - 1] : a[i - 1]) ?? 'the beginning'}`.slice(0, 100));
    open = true;
    if (j >= b.length || (i < a.length && (common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0))) lines.push(`- ${a[i++]}`);
    else lines.push(`+ ${b[j++]}`);
  }
  return lines;
}
