import { PodscopeError } from '@podscope/core';
import { exitCodes } from '../../terminal/exitCodes.ts';
import { columns } from '../../terminal/table.ts';
import type { CommandAction } from '../command.ts';
import { usageError } from '../usageError.ts';
import { describeHunt, describeVerdict } from './describeHunt.ts';

/** `podscope hunt list` */
export const list: CommandAction = async ({ control, output }) => {
  const hunts = await control.hunts();
  output.result({ hunts }, () => columns(['ID', 'STATE', 'DIFFICULTY', 'MINUTES', 'TITLE'], hunts.map((hunt) => [hunt.id, hunt.status, '★'.repeat(hunt.difficulty), hunt.minutes, hunt.title])));
  return 0;
};

/** `podscope hunt start <id>` */
export const start: CommandAction = async ({ control, output }, [id = ''], options) => {
  output.note('breaking something; this takes a few seconds …');
  const hunt = await control.startHunt(id, typeof options['seed'] === 'string' ? options['seed'] : undefined);
  output.result(hunt, () => describeHunt(hunt));
  return 0;
};

/** `podscope hunt show <id>` */
export const show: CommandAction = async ({ control, output }, [id = '']) => {
  const hunt = (await control.hunts()).find((each) => each.id === id);
  if (!hunt) throw new PodscopeError('HUNT_UNKNOWN', `There is no hunt "${id}".`, { hint: '"podscope hunt list" shows the hunts.' });
  output.result(hunt, () => describeHunt(hunt));
  return 0;
};

/** `podscope hunt hint <id>` */
export const hint: CommandAction = async ({ control, output }, [id = '']) => {
  const hunt = await control.takeHint(id);
  const newest = hunt.hints.taken.at(-1);
  output.result(hunt, () => (newest ? [`${newest.text} (−${newest.cost} points; ${hunt.hints.left} hints left)`] : ['No hint is left.']));
  return 0;
};

/** `podscope hunt answer <id> <question>=<answer>…` */
export const answer: CommandAction = async ({ control, output }, [id = '', ...pairs]) => {
  const answers: Record<string, string> = {};
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    if (equals < 1) throw usageError(`"${pair}" is no answer.`, 'Write <question>=<answer>; "podscope hunt show <id>" lists the questions.');
    answers[pair.slice(0, equals)] = pair.slice(equals + 1);
  }
  const hunt = await control.answerHunt(id, answers);
  output.result(hunt, () => [...Object.entries(hunt.answers).map(([question, text]) => `${question}: ${text}`), `Submit with: podscope hunt submit ${id}`]);
  return 0;
};

/** `podscope hunt submit <id>`: exits with 4 while the hunt isn't solved. */
export const submit: CommandAction = async ({ control, output }, [id = '']) => {
  output.note('checking answers and system …');
  const hunt = await control.submitHunt(id);
  output.result(hunt, () => [...describeVerdict(hunt), ...(hunt.debrief === null ? [] : ['', ...hunt.debrief.split('\n')])]);
  return hunt.verdict?.passed === true ? exitCodes.ok : exitCodes.unsolved;
};

/** `podscope hunt stop <id>` */
export const stop: CommandAction = async ({ control, output }, [id = '']) => {
  output.note('putting everything back …');
  const hunt = await control.stopHunt(id);
  output.result(hunt, () => [`${hunt.title}: ${hunt.status}. Everything is as it was before.`, ...(hunt.debrief === null ? [] : ['', ...hunt.debrief.split('\n')])]);
  return 0;
};
