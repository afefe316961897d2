import { progressLines } from '../go-programs/progress.ts';
import { obtainKubeProgram, recipes, type KubeProgram } from './programs.ts';

/** Builds programs of the test environment into the cache: those named, or what the lane `kubernetes` needs. Prints their paths. */
const names = process.argv.slice(2);
const unknown = names.filter((name) => !Object.hasOwn(recipes, name));
if (unknown.length > 0) {
  process.stderr.write(`There is no program ${unknown.join(', ')}. Programs: ${Object.keys(recipes).join(', ')}.\n`);
  process.exitCode = 2;
} else {
  const onProgress = progressLines((line) => process.stderr.write(`${line}\n`));
  for (const name of (names.length > 0 ? names : ['kube-apiserver', 'etcd']) as KubeProgram[]) {
    process.stdout.write(`${await obtainKubeProgram(name, { onProgress })}\n`);
  }
}
