import { readFileSync } from 'node:fs';
import { connectKubernetes, type ObjectToWrite } from '@podscope/fault-injectors/kubernetes';
import { applyObjects } from '../apply/apply.ts';
import type { ApplySetId } from '../apply/applySet.ts';
import { observeApplySet } from '../apply/observe.ts';
import { planApply } from '../apply/plan.ts';

/** Applies what a file says, and kills itself (SIGKILL) after so many writes: `applyProgram.ts <file>`. */
const { kubeconfig, id, objects, killAfter } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as { kubeconfig: string; id: ApplySetId; objects: ObjectToWrite[]; killAfter: number };
const api = await connectKubernetes({ kubeconfig });
await applyObjects(api, planApply(await observeApplySet(api, id, objects), objects), {
  onProgress: ({ step, done }) => {
    if (step !== 'check' && done >= killAfter) process.kill(process.pid, 'SIGKILL');
  },
});
api.close();
