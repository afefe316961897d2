import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { iamPolicies } from '../../apps/workshop/src/targets/aws/rights/policies.ts';
import { awsSettings } from '../../apps/workshop/src/targets/aws/settings.ts';
import { PAGE, pageWithPolicies } from './section.ts';

it('docs/guide/aws-target.md has the policies as they are: npm run policies', async () => {
  const page = await readFile(PAGE, 'utf8');
  expect(page).toBe(pageWithPolicies(page));
  const shown = [...page.matchAll(/^```json\n([\s\S]*?)^```$/gmu)].map((match) => JSON.parse(match[1] ?? '') as unknown);
  expect(shown).toEqual(iamPolicies(awsSettings.parse({})).map(({ document }) => document));
});

it('wants a place for them', () => {
  expect(() => pageWithPolicies('# The AWS target\n')).toThrow('needs one line');
});
