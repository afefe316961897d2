import { readFileSync } from 'node:fs';
import { connectKubernetes, type ObjectToWrite } from '@podscope/fault-injectors/kubernetes';
import { parseAllDocuments } from 'yaml';
import { applyObjects } from '../../../apps/workshop/src/targets/kubernetes/apply/apply.ts';
import { observeApplySet } from '../../../apps/workshop/src/targets/kubernetes/apply/observe.ts';
import { planApply } from '../../../apps/workshop/src/targets/kubernetes/apply/plan.ts';

/** Applies a file of YAML as the workshop does: `applyProgram.ts <kubeconfig> <file> <namespace of the book>`. Prints what it did, and its seconds. */
const started = performance.now();
const [kubeconfig = '', file = '', namespace = ''] = process.argv.slice(2);
const api = await connectKubernetes({ kubeconfig });
const objects = parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJS() as ObjectToWrite);
const receipt = await applyObjects(api, planApply(await observeApplySet(api, { name: 'bench', namespace }, objects), objects));
api.close();
const counts: Record<string, number> = {};
for (const { action } of receipt.changes) counts[action] = (counts[action] ?? 0) + 1;
process.stdout.write(`${JSON.stringify(counts)}\n${JSON.stringify({ seconds: (performance.now() - started) / 1000 })}\n`);
