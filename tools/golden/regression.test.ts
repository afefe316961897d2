import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CASES } from './regression/cases.ts';
import { FILES, runCase } from './regression/files.ts';
import { textsOf } from './svgTexts.ts';

describe('what was not recorded', () => {
  it.each(CASES.map((each) => [each.name, each] as const))('%s asks and draws as its file says', async (name, each) => {
    const { json, light, dark } = await runCase(each);
    expect(JSON.parse(json)).toEqual(JSON.parse(readFileSync(join(FILES, `${name}.json`), 'utf8')));
    expect(light).toBe(readFileSync(join(FILES, `${name}.svg`), 'utf8').trimEnd());
    expect(textsOf(light).length).toBeGreaterThan(0);
    expect(textsOf(light)).not.toContain('No results');
    expect(textsOf(dark)).toEqual(textsOf(light));
  });

  it('has a file for each case and a case for each file', () => {
    expect(readdirSync(FILES).sort()).toEqual(CASES.flatMap(({ name }) => [`${name}.json`, `${name}.svg`]).sort());
  });
});
