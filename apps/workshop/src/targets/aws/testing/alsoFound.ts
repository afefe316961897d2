import type { AwsClients } from '../clients.ts';

/**
 * Lets the search for tags name more than it does, on every first page, as the real one goes on naming for hours what is gone, and names in
 * us-east-1 what belongs to a whole account; moto's forgets at once.
 */
export function alsoFound(clients: AwsClients, arns: readonly string[]): AwsClients {
  clients.tagging.middlewareStack.add(
    (next, context) => async (args) => {
      const result = await next(args);
      if (context.commandName !== 'GetResourcesCommand') return result;
      const output = result.output as { readonly ResourceTagMappingList?: readonly object[] };
      return { ...result, output: { ...output, ResourceTagMappingList: [...(output.ResourceTagMappingList ?? []), ...arns.map((ResourceARN) => ({ ResourceARN }))] } as typeof result.output };
    },
    { step: 'initialize', name: 'alsoFound' },
  );
  return clients;
}
