import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { AwsSettings } from '../../targets/aws/settings.ts';
import { iamPolicies, type IamPolicy, MOST_CHARACTERS, policyText } from '../../targets/aws/rights/policies.ts';
import { directoryError } from '../../directoryError.ts';
import { exitCodes } from '../../terminal/exitCodes.ts';
import type { CommandContext } from '../command.ts';

/**
 * `podscope up --target aws --policy`: what whoever runs it has to be allowed, as policies to attach; in files when a folder is given.
 * Asks nobody.
 *
 * @param wish True, or a folder.
 * @throws PodscopeError DIRECTORY_UNUSABLE
 */
export async function tellPolicy({ output }: Pick<CommandContext, 'output'>, settings: AwsSettings, wish: unknown): Promise<number> {
  const policies = iamPolicies(settings);
  const folder = typeof wish === 'string' ? resolve(wish) : undefined;
  const fileOf = ({ name }: IamPolicy): string => `${name}.json`;
  if (folder !== undefined) {
    try {
      await mkdir(folder, { recursive: true });
      for (const policy of policies) await writeFile(join(folder, fileOf(policy)), policyText(policy.document));
    } catch (cause) {
      throw directoryError(folder, 'folder for the policies', '--policy', cause);
    }
  }
  const shown = policies.map(({ name, part, characters, reasons, document }) => ({ name, part, characters, reasons, ...(folder === undefined ? {} : { file: join(folder, `${name}.json`) }), document }));
  output.result({ eventName: settings.event, region: settings.region, policies: shown }, () => [
    ...policies.flatMap((policy) => [
      `${folder === undefined ? policy.name : join(folder, fileOf(policy))}: ${policy.part === 'calls' ? 'what podscope asks itself' : 'what CloudFormation does for it'}, ${policy.characters} of ${MOST_CHARACTERS} characters`,
      ...(folder === undefined ? ['', policyText(policy.document)] : []),
    ]),
    ...(folder === undefined ? ['With a folder after --policy, each is a file to make a policy of.'] : ['', ...policies.map((policy) => `aws iam create-policy --policy-name ${policy.name} --policy-document file://${join(folder, fileOf(policy))}`)]),
  ]);
  return exitCodes.ok;
}
