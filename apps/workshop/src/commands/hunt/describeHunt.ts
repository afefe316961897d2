import type { HuntView } from '@podscope/console/api';

/** A hunt as text: what a learner needs to play it in the terminal. */
export function describeHunt(hunt: HuntView): readonly string[] {
  return [
    `${hunt.title} (${'★'.repeat(hunt.difficulty)}, about ${hunt.minutes} minutes): ${hunt.status}`,
    '',
    hunt.story,
    '',
    'Tasks',
    ...hunt.tasks.map((task, index) => `  ${index + 1}. ${task}`),
    '',
    `Dashboards to look at: ${hunt.dashboards.join(', ')}`,
    '',
    `Questions (podscope hunt answer ${hunt.id} <question>=<answer>)`,
    ...hunt.questions.flatMap((question) => describeQuestion(question, hunt.answers[question.id])),
    '',
    `Hints: ${hunt.hints.left} left${hunt.hints.nextCost === null ? '' : `, the next costs ${hunt.hints.nextCost} points`}`,
    ...hunt.hints.taken.map((taken) => `  - ${taken.text} (−${taken.cost} points)`),
    ...(hunt.verdict === null ? [] : ['', 'Newest verdict', ...describeVerdict(hunt).map((line) => `  ${line}`)]),
    ...(hunt.debrief === null ? [] : ['', ...hunt.debrief.split('\n')]),
  ];
}

function describeQuestion({ id, prompt, kind, choices }: HuntView['questions'][number], answer = ''): readonly string[] {
  return [
    `  ${id}: ${prompt}${choices ? ' (the number or the text)' : kind === 'list' ? ' (several, with commas)' : ''}`,
    ...(choices ?? []).map((choice, index) => `      ${index + 1}. ${choice}`),
    ...(answer === '' ? [] : [`    → ${answer}`]),
  ];
}

/** What the newest submission was worth, part by part. */
export function describeVerdict({ verdict }: HuntView): readonly string[] {
  if (!verdict) return ['No verdict yet.'];
  return [
    verdict.passed ? `Solved, with ${verdict.score} points.` : 'Not yet.',
    ...verdict.parts.map((part) => `${part.passed ? '✓' : '✗'} ${part.aspect}: ${part.message}`),
  ];
}
