import { defineHunt, type HuntEvidence, isNumber, isOneOf } from '../index.ts';

/** A street whose lamps can be switched; its log is its index. */
export class Street {
  lit = [true, true, true];
  readonly log: { readonly at: string; readonly lamp: number; readonly lit: boolean }[] = [];

  /** Writes a sample of every lamp into the log. */
  sample(): void {
    for (const [lamp, lit] of this.lit.entries()) this.log.push({ at: new Date().toISOString(), lamp, lit });
  }

  /** What a checker may read. */
  evidence(): HuntEvidence<readonly boolean[]> {
    return {
      search: async () => ({ hits: { hits: this.log.map((_source) => ({ _source })) } }),
      state: async () => this.lit,
    };
  }
}

/** What an attempt draws. */
export interface LampTruth {
  readonly lamp: number;
}

const dark = async (evidence: HuntEvidence<readonly boolean[]>, startedAt: string) => {
  const { hits } = await evidence.search('street-*', {});
  return hits.hits.map((hit) => hit._source as Street['log'][number]).filter((sample) => sample.at >= startedAt && !sample.lit);
};

/** One lamp of a street goes out. Switching all off, or on and off, is no cure. */
export const lampHunt = defineHunt({
  id: 'dark-lamp',
  title: 'The dark lamp',
  story: 'A lamp is out.',
  difficulty: 1,
  minutes: 1,
  tasks: ['Find it.'],
  dashboards: ['street'],
  drawTruth: (random, _baseline: readonly boolean[]): LampTruth => ({ lamp: random.integer(0, 2) }),
  fault: (truth) => ({ off: truth.lamp }),
  hints: [
    { text: 'Look up.', cost: 5 },
    { text: 'Count.', cost: 10 },
    { text: 'Begin at zero.', cost: 15 },
  ],
  questions: [
    { id: 'lamp', aspect: 'localise', prompt: 'Which?', kind: 'text', grade: (answer, truth) => isNumber(answer, truth.lamp) },
    { id: 'cause', aspect: 'mechanism', prompt: 'Why?', kind: 'choice', choices: ['off', 'broken'], grade: (answer) => isOneOf(answer, 'off') },
    { id: 'count', aspect: 'scope', prompt: 'How many?', kind: 'text', grade: (answer) => isNumber(answer, 1) },
  ],
  async symptom(evidence, { truth, startedAt }) {
    const passed = (await dark(evidence, startedAt)).some((sample) => sample.lamp === truth.lamp);
    return { passed, message: passed ? 'Seen.' : 'The log does not show the symptom.' };
  },
  async cured(evidence) {
    const passed = (await evidence.state()).every((lit) => lit);
    return { passed, message: passed ? 'All lit.' : 'It is still dark.' };
  },
  debrief: (truth) => `Lamp number ${truth.lamp} was switched off.`,
});
