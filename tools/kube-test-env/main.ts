import { progressLines } from '../go-programs/progress.ts';
import { canObtain, obtainKubeProgram, recipes, type KubeProgram } from './programs.ts';

/** What the lane `kubernetes` starts. */
const LANE: readonly KubeProgram[] = ['kube-apiserver', 'etcd', 'kube-controller-manager', 'kube-scheduler', 'kwok', 'kube-state-metrics', 'kubectl'];

/**
 * Builds programs of the test environment into the cache: those named, or what the lane `kubernetes` needs. Prints their paths. Of the
 * lane's, what can't be had without Go is left out and named: the tests that need it say so in their titles, and are skipped.
 */
const names = process.argv.slice(2);
const unknown = names.filter((name) => !Object.hasOwn(recipes, name));
const say = (line: string): void => void process.stderr.write(`${line}\n`);
if (unknown.length > 0) {
  say(`There is no program ${unknown.join(', ')}. Programs: ${Object.keys(recipes).join(', ')}.`);
  process.exitCode = 2;
} else {
  const onProgress = progressLines(say);
  const wanted = names.length > 0 ? (names as KubeProgram[]) : LANE.filter(canObtain);
  const leftOut = names.length > 0 ? [] : LANE.filter((name) => !canObtain(name));
  if (leftOut.length > 0) say(`Left out, because there is no Go to build it with: ${leftOut.join(', ')}. Tests that need it are skipped.`);
  for (const name of wanted) process.stdout.write(`${await obtainKubeProgram(name, { onProgress })}\n`);
}
