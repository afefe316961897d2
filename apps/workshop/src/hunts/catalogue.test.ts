import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createHuntRandom } from '@podscope/mystery-hunts';
import { describe, expect, it } from 'vitest';
import { dashboardIds } from '../dashboards/index.ts';
import { huntCatalogue } from './catalogue.ts';
import { baselineState } from './publicState.fixture.ts';

const here = import.meta.dirname;

it('holds exactly the folders on disk, each with hunt, truth, checker and rehearsal', () => {
  const folders = readdirSync(here).filter((name) => statSync(join(here, name)).isDirectory());
  expect(huntCatalogue.map((hunt) => hunt.id).sort()).toEqual(folders.sort());
  for (const folder of folders) {
    for (const file of ['index.ts', 'truth.ts', 'checker.ts', 'fixes.ts', 'README.md']) expect(existsSync(join(here, folder, file)), `${folder}/${file}`).toBe(true);
  }
});

describe.each(huntCatalogue)('$id', (hunt) => {
  const draw = (seed: number) => hunt.drawTruth(createHuntRandom(String(seed)), baselineState());
  const draws = Array.from({ length: 40 }, (_, seed) => draw(seed));

  it('draws the same truth for the same seed and others for others', () => {
    expect(draw(7)).toEqual(draw(7));
    expect(new Set(draws.map((truth) => JSON.stringify(truth))).size).toBeGreaterThan(12);
  });

  it('names dashboards that exist', () => {
    for (const id of hunt.dashboards) expect(dashboardIds).toContain(id);
  });

  it('has three hints, the later the dearer, and questions for every aspect but the fix', () => {
    expect(hunt.hints).toHaveLength(3);
    expect(hunt.hints.map((hint) => hint.cost)).toEqual(hunt.hints.map((hint) => hint.cost).toSorted((one, other) => one - other));
    expect(new Set(hunt.questions.map((question) => question.aspect))).toEqual(new Set(['localise', 'mechanism', 'scope']));
  });

  it('tells nothing that was drawn before it is over', () => {
    const shown = JSON.stringify([hunt.title, hunt.story, hunt.tasks, hunt.hints, hunt.questions]);
    for (const truth of draws) {
      const words = Object.values(truth as Record<string, unknown>).flat().filter((word) => typeof word === 'string' && word !== 'frontend');
      for (const word of words) expect(shown.includes(String(word)), String(word)).toBe(false);
    }
  });

  it('makes a fault whose parameters a journal can hold', () => {
    for (const truth of draws) {
      const { params } = hunt.fault(truth);
      expect(JSON.parse(JSON.stringify(params))).toEqual(params);
    }
  });

  it('grades an empty answer and nonsense as wrong', () => {
    for (const question of hunt.questions) {
      for (const answer of ['', ' ', 'nonsense', '0', '/', '*', ':']) expect(question.grade(answer, draws[0]), `${question.id}: "${answer}"`).toBe(false);
    }
  });
});
