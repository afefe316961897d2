import { describe, expect, it } from 'vitest';
import { beginAttempt, CONTRACT_PARTS, type ContractDriver, gradeAttempt, type HuntAttempt, keepAnswers, markRunning, runContract } from './index.ts';
import { lampHunt, type LampTruth, Street } from './testing/lampHunt.ts';

const quick = { symptomWithin: 200, settle: 200, refuse: 30, revertWithin: 100, poll: 5 };

/** Plays the lamps' hunt on a street of its own; `change` replaces parts of the driver. */
function driver(change: (street: Street) => Partial<ContractDriver> = () => ({})): ContractDriver {
  const street = new Street();
  let attempt: HuntAttempt<readonly boolean[]>;
  const truth = () => attempt.truth as LampTruth;
  const begin = () => beginAttempt(lampHunt, { seed: 's', baseline: [...street.lit] });
  const check = (of: HuntAttempt<readonly boolean[]>) => lampHunt.check(street.evidence(), { truth: of.truth, baseline: of.baseline, startedAt: of.startedAt });
  const base: ContractDriver = {
    async checkHealthy() {
      const idle = begin();
      street.sample();
      return (await check(idle)).passed;
    },
    stateHash: async () => street.lit.join(),
    async start() {
      attempt = markRunning(begin());
      street.lit[truth().lamp] = false;
    },
    async symptom() {
      street.sample();
      return street.log.some((sample) => sample.at >= attempt.startedAt && !sample.lit);
    },
    answers: async () => ({ lamp: String(street.lit.indexOf(false)), cause: 'off', count: '1' }),
    wrongAnswers: (right) => ({ ...right, count: '3' }),
    async submit(answers) {
      street.sample();
      attempt = gradeAttempt(lampHunt, keepAnswers(lampHunt, attempt, answers), await check(attempt));
      if (!attempt.verdict) throw new Error('no verdict');
      return attempt.verdict;
    },
    bluntFixes: [{ name: 'all off', because: 'still dark', apply: async () => void street.lit.fill(false) }],
    fixA: async () => void street.lit.fill(true),
    fixB: async () => void (street.lit[truth().lamp] = true),
    stop: async () => void street.lit.fill(true),
  };
  return { ...base, ...change(street) };
}

describe('runContract', () => {
  it('passes a hunt that keeps it', async () => {
    const seen: string[] = [];
    const report = await runContract(driver(), { ...quick, onPart: (part) => seen.push(part) });
    expect(Object.entries(report.parts).filter(([, result]) => !result.passed)).toEqual([]);
    expect(report.passed).toBe(true);
    expect(Object.keys(report.parts)).toEqual([...CONTRACT_PARTS]);
    expect(new Set(seen)).toEqual(new Set(CONTRACT_PARTS));
  });

  const broken: readonly [string, (street: Street) => Partial<ContractDriver>][] = [
    ['healthy', () => ({ checkHealthy: async () => true })],
    ['injected', () => ({ start: async () => undefined, symptom: async () => false })],
    ['injected', () => ({ start: () => Promise.reject(new Error('refused')) })],
    ['nothing', () => ({ answers: async () => ({ lamp: '8', cause: 'off', count: '1' }) })],
    ['bluntFix', (street) => ({ bluntFixes: [{ name: 'a cure', apply: async () => void street.lit.fill(true) }] })],
    ['bluntFix', (street) => ({ bluntFixes: [{ name: 'no reason', because: 'too bright', apply: async () => void street.lit.fill(false) }] })],
    ['wrongAnswer', () => ({ wrongAnswers: (right) => right })],
    ['fixA', () => ({ fixA: () => Promise.reject(new Error('broken')) })],
    ['fixB', () => ({ fixB: async () => undefined })],
    ['reverted', () => ({ stop: async () => undefined, fixB: async () => undefined })],
  ];
  it.each(broken)('fails the part %s of a hunt that breaks it', async (part, change) => {
    const report = await runContract(driver(change), quick);
    expect(report.passed).toBe(false);
    expect(report.parts[part as keyof typeof report.parts]).toMatchObject({ passed: false, message: expect.stringMatching(/\w/) });
  });

  it('fails the check when the symptom is removed from the index', async () => {
    const street = new Street();
    const attempt = beginAttempt(lampHunt, { seed: 's', baseline: street.lit });
    const facts = { truth: attempt.truth, baseline: attempt.baseline, startedAt: attempt.startedAt };
    street.lit[(attempt.truth as LampTruth).lamp] = false;
    street.sample();
    street.lit.fill(true);
    expect(await lampHunt.check(street.evidence(), facts)).toMatchObject({ passed: true });
    street.log.length = 0;
    expect(await lampHunt.check(street.evidence(), facts)).toMatchObject({ passed: false });
  });

  it.each(['fixA', 'fixB'] as const)('plays one attempt with %s', async (form) => {
    let starts = 0;
    const counted = driver();
    const report = await runContract({ ...counted, start: async () => {
      starts++;
      await counted.start();
    } }, { ...quick, form });
    expect(report.passed).toBe(true);
    expect(Object.keys(report.parts)).toEqual(['injected', 'nothing', 'wrongAnswer', form, 'reverted']);
    expect(starts).toBe(1);
  });

  it('never rejects', async () => {
    const report = await runContract(driver(() => ({ stateHash: () => Promise.reject(new Error('down')) })), { ...quick, form: 'fixA' });
    expect(report).toMatchObject({ passed: false, parts: { injected: { passed: false, message: 'down' } } });
  });

  it('takes back what a blunt fix did', async () => {
    let undone = 0;
    await runContract(driver((street) => ({ bluntFixes: [{ name: 'off', apply: async () => void street.lit.fill(false), undo: async () => void undone++ }] })), quick);
    expect(undone).toBe(1);
  });
});
