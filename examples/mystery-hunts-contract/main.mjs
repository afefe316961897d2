import { beginAttempt, defineHunt, gradeAttempt, isNumber, isOneOf, keepAnswers, markRunning, runContract } from '@podscope/mystery-hunts';

// The system: three lamps, and a log of samples that stands for the index.
const lit = [true, true, true];
const log = [];
const sample = () => lit.forEach((on, lamp) => log.push({ at: new Date().toISOString(), lamp, on }));
const evidence = {
  search: async () => ({ hits: { hits: log.map((_source) => ({ _source })) } }),
  state: async () => [...lit],
};
const seenDark = async (since) => (await evidence.search()).hits.hits.some(({ _source }) => _source.at >= since && !_source.on);

const hunt = defineHunt({
  id: 'dark-lamp',
  title: 'The dark lamp',
  story: 'It is darker than it should be.',
  difficulty: 1,
  minutes: 1,
  tasks: ['Find the lamp and switch it on.'],
  dashboards: [],
  drawTruth: (random) => ({ lamp: random.integer(0, 2) }),
  fault: (truth) => truth.lamp,
  hints: [{ text: 'Look up.', cost: 5 }, { text: 'Count.', cost: 10 }, { text: 'Begin at zero.', cost: 15 }],
  questions: [
    { id: 'lamp', aspect: 'localise', prompt: 'Which lamp?', kind: 'text', grade: (answer, truth) => isNumber(answer, truth.lamp) },
    { id: 'cause', aspect: 'mechanism', prompt: 'Why?', kind: 'choice', choices: ['off', 'broken'], grade: (answer) => isOneOf(answer, 'off') },
    { id: 'count', aspect: 'scope', prompt: 'How many?', kind: 'text', grade: (answer) => isNumber(answer, 1) },
  ],
  symptom: async (_evidence, { startedAt }) => ({ passed: await seenDark(startedAt), message: 'Look into the log.' }),
  cured: async ({ state }) => ({ passed: (await state()).every((on) => on), message: 'Look at the lamps.' }),
  debrief: (truth) => `Lamp ${truth.lamp} was off.`,
});

let attempt;
const check = (of) => hunt.check(evidence, { truth: of.truth, baseline: of.baseline, startedAt: of.startedAt });
const report = await runContract(
  {
    checkHealthy: async () => (await check(beginAttempt(hunt, { seed: 'example', baseline: [...lit] }))).passed,
    stateHash: async () => lit.join(),
    start: async () => {
      attempt = markRunning(beginAttempt(hunt, { seed: 'example', baseline: [...lit] }));
      lit[hunt.fault(attempt.truth)] = false;
    },
    symptom: async () => (sample(), await seenDark(attempt.startedAt)),
    answers: async () => ({ lamp: String(lit.indexOf(false)), cause: 'off', count: '1' }),
    wrongAnswers: (right) => ({ ...right, count: '3' }),
    submit: async (answers) => {
      attempt = gradeAttempt(hunt, keepAnswers(hunt, attempt, answers), await check(attempt));
      return attempt.verdict;
    },
    bluntFixes: [{ name: 'all off', apply: async () => void lit.fill(false) }],
    fixA: async () => void lit.fill(true),
    fixB: async () => void (lit[hunt.fault(attempt.truth)] = true),
    stop: async () => void lit.fill(true),
  },
  { refuse: 50, poll: 10 },
);

for (const [part, { passed, message }] of Object.entries(report.parts)) console.log(`${passed ? 'passed' : 'FAILED'}  ${part}: ${message}`);
process.exitCode = report.passed ? 0 : 1;
