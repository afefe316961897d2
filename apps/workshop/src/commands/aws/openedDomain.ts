import type { KubernetesApi } from '@podscope/fault-injectors/kubernetes';
import { sharedCredentials } from '../../targets/aws/clients.ts';
import { openDomain } from '../../targets/aws/tunnel/openDomain.ts';
import { identityFor } from '../../targets/kubernetes/opensearch/identity.ts';
import { endpointOf, type SignedDomain, type TargetOptions } from '../../targets/kubernetes/options.ts';
import type { CommandContext } from '../command.ts';

/** The pages that a domain has. */
export type DomainPage = 'dashboards' | 'opensearch';

/** A page of a domain, for a browser without credentials, until it is disposed of. */
export interface OpenedDomainPage extends AsyncDisposable {
  readonly url: string;
}

/**
 * Opens OpenSearch or OpenSearch Dashboards of a domain in a VPC: through the cluster, signed as who runs the command.
 *
 * @param port Of this machine; 0 takes a free one.
 * @throws PodscopeError as `openDomain`
 */
export async function openDomainPage(api: KubernetesApi, { environment, output }: Pick<CommandContext, 'environment' | 'output'>, options: TargetOptions, { region }: SignedDomain, page: DomainPage, port: number): Promise<OpenedDomainPage> {
  const { ca } = await identityFor(api, options, environment);
  const note = (line: string): void => output.note(line);
  const opened = await openDomain(api, { host: new URL(endpointOf(options)).hostname, region, credentials: sharedCredentials(region), imageMirror: options.imageMirror, ca, port, onProgress: note, onError: note });
  return { url: page === 'dashboards' ? opened.dashboardsUrl : opened.url, [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose]() };
}
