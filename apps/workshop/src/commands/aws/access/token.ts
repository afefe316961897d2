import { awsClients } from '../../../targets/aws/clients.ts';
import { eksToken } from '../../../targets/aws/cluster/token.ts';
import { exitCodes } from '../../../terminal/exitCodes.ts';
import type { CommandAction } from '../../command.ts';

/** `podscope aws-token`: one document for kubectl, with or without --json. It asks nobody, so it is as fast as Node starts. */
export const run: CommandAction = async ({ output }, _args, options) => {
  using clients = awsClients({ region: String(options['region']) });
  const { token, expiresAt } = await eksToken(clients, String(options['cluster']));
  // Kubernetes takes no fractions of seconds everywhere.
  const expirationTimestamp = expiresAt.toISOString().replace(/\.\d+Z$/u, 'Z');
  const document = { apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', spec: { interactive: false }, status: { expirationTimestamp, token } };
  output.painted(document, () => `${JSON.stringify(document)}\n`);
  return exitCodes.ok;
};
