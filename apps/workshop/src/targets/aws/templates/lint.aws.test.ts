import { beforeAll, describe, expect, it } from 'vitest';
import { cfnLintAll, type Finding } from '../../../../../../tools/aws-test-env/cfnLint.ts';
import { templateMatrix } from './testing/matrix.ts';
import type { Template } from './template.ts';

const matrix = templateMatrix();

/** With the state machine as a text, cfn-lint reads the states as well; it doesn't look into `Fn::Sub`. */
function withPlainStates(template: Template): Template {
  const { StateMachine, ...rest } = template.Resources;
  if (StateMachine === undefined) return template;
  const text = (StateMachine.Properties?.['DefinitionString'] as { readonly 'Fn::Sub': string })['Fn::Sub'];
  const DefinitionString = text.replaceAll('${AWS::Partition}', 'aws').replaceAll('${AWS::Region}', 'eu-central-1').replaceAll('${AWS::AccountId}', '123456789012');
  return { ...template, Resources: { ...rest, StateMachine: { ...StateMachine, Properties: { ...StateMachine.Properties, DefinitionString } } } };
}

describe('cfn-lint', () => {
  let found: Readonly<Record<string, readonly Finding[]>> = {};
  const broken: Template = { ...(matrix[0] as (typeof matrix)[number]).template, Outputs: { Wrong: { Description: 'refers to nothing', Value: { Ref: 'Nothing' } } } };
  const machine = matrix.find(({ title }) => title === 'expiry: defaults')?.template as Template;
  const states = withPlainStates(machine);
  const misled: Template = JSON.parse(JSON.stringify(states).replaceAll('\\"StartAt\\":\\"Round\\"', '\\"StartAt\\":\\"Nowhere\\"')) as Template;

  beforeAll(async () => {
    const regions = [...new Set(matrix.map(({ region }) => region))];
    const templates = Object.fromEntries(matrix.flatMap(({ title, template }) => [[title, template], [`${title}, with its states`, withPlainStates(template)]]));
    found = await cfnLintAll({ ...templates, broken, misled }, { regions, onProgress: (line) => process.stderr.write(`${line}\n`) });
  }, 300_000);

  const serious = (title: string) => (found[title] ?? []).filter(({ level }) => level !== 'Informational').map(({ rule, message, path }) => `${rule} ${path}: ${message}`);

  it.each(matrix.flatMap(({ title }) => [title, `${title}, with its states`]))('finds neither an error nor a warning: %s', (title) => {
    expect(found).toHaveProperty([title]);
    expect(serious(title)).toEqual([]);
  });

  it('finds what is planted', () => {
    expect(serious('broken').join()).toMatch(/E\d{4} .*Nothing/);
    expect(serious('misled').join()).toMatch(/E3601 .*Nowhere/);
  });
});
