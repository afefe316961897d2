import { parametersOf } from '@podscope/fault-injectors';
import { sanitize } from '../../terminal/sanitize.ts';
import { exitCodes } from '../../terminal/exitCodes.ts';
import type { CommandAction } from '../command.ts';
import { faultKindOf, parameterLines } from './parameters.ts';

const PROVED = {
  'control-plane': 'by the Kubernetes API alone, also where pods run nothing (kwok)',
  application: 'by asking the guestbook or Redis',
  runtime: 'only where containers really run; elsewhere it ends as injected-unverified',
} as const;

/** `podscope fault describe <id>` */
export const run: CommandAction = async ({ output }, [id = '']) => {
  const kind = faultKindOf(id);
  const { title, provable, symptom, targets } = kind;
  output.result({ id, title, provable, symptom, targets, parameters: parametersOf(kind.params) }, () => [
    `${id}: ${title}`,
    '',
    `Symptom: ${symptom}`,
    `Proved:  ${PROVED[provable]}`,
    `Targets: ${targets.join(', ')}`,
    '',
    ...parameterLines(kind),
  ]);
  return exitCodes.ok;
};

/** What the help of `fault inject <id>` says of the fault; nothing where there is none of that id. */
export function helpText(id: string): string {
  try {
    const kind = faultKindOf(id);
    return `\n\n${id}: ${kind.title}. Its parameters (--param name=value):\n${parameterLines(kind).map((line) => `  ${sanitize(line)}`).join('\n')}`;
  } catch {
    return `\n\n"${sanitize(id)}" is no fault; "podscope fault list" shows which there are.`;
  }
}
