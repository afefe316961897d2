import type { CommandAction } from '../command.ts';
import { wholeNumber } from '../usageError.ts';

/** `podscope scale <deployment> <replicas>` */
export const run: CommandAction = async ({ control, output }, [deployment = '', replicas]) => {
  const wanted = wholeNumber(replicas, 'The number of replicas', 0, 1000);
  await control.scale(deployment, wanted);
  output.result({ deployment, replicas: wanted }, () => [`deployment/${deployment} scaled to ${wanted}`]);
  return 0;
};
