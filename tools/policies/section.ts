import { join } from 'node:path';
import { MOST_CHARACTERS, iamPolicies, policyText } from '../../apps/workshop/src/targets/aws/rights/policies.ts';
import { awsSettings } from '../../apps/workshop/src/targets/aws/settings.ts';
import { root } from '../reference/pages.ts';

/** The page that the policies are on. */
export const PAGE = join(root, 'docs/guide/aws-target.md');

const BEGIN = '<!-- policies: written by "npm run policies" out of apps/workshop/src/targets/aws/rights -->';
const END = '<!-- end of policies -->';

/** The policies of an event that is told nothing, as `podscope up --target aws --policy` prints them, with what each statement is for. */
export function policiesSection(): string {
  const cell = (text: string): string => text.replaceAll('|', String.raw`\|`);
  return iamPolicies(awsSettings.parse({}))
    .map(({ name, part, document, reasons, characters }) =>
      [
        `### \`${name}\`: ${part === 'calls' ? 'what podscope asks itself' : 'what CloudFormation does for it'}`,
        `${characters.toLocaleString('en-US')} of ${MOST_CHARACTERS.toLocaleString('en-US')} characters.`,
        ['| statement | for |', '| --- | --- |', ...Object.entries(reasons).map(([sid, why]) => `| \`${sid}\` | ${cell(why)} |`)].join('\n'),
        `\`\`\`json\n${policyText(document)}\`\`\``,
      ].join('\n\n'),
    )
    .join('\n\n');
}

/** The page with the policies as they are now. @throws Error where it has no place for them */
export function pageWithPolicies(page: string): string {
  const [before, rest, ...more] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined || more.length > 0) throw new Error(`docs/guide/aws-target.md needs one line "${BEGIN}", and "${END}" after it.`);
  return `${before}${BEGIN}\n\n${policiesSection()}\n\n${END}${after}`;
}
