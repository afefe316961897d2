import { type AddonInfo, DescribeAddonVersionsCommand } from '@aws-sdk/client-eks';
import { PodscopeError } from '@podscope/core';
import type { AwsClients } from '../clients.ts';
import { awsFailure } from '../failure.ts';

/** The add-ons that a cluster of ours has. */
export const ADDONS = ['vpc-cni', 'coredns', 'kube-proxy', 'aws-ebs-csi-driver', 'eks-pod-identity-agent'] as const;
export type AddonName = (typeof ADDONS)[number];

/**
 * The version of each add-on that EKS takes by default for a version of Kubernetes.
 *
 * @param kubernetesVersion Such as `1.35`.
 * @throws PodscopeError AWS_VERSION_UNKNOWN where one has none for it; AWS_…
 */
export async function addonVersions({ eks, region }: Pick<AwsClients, 'eks' | 'region'>, kubernetesVersion: string, names: readonly AddonName[] = ADDONS, signal?: AbortSignal): Promise<Readonly<Record<AddonName, string>>> {
  const entries = await Promise.all(
    names.map(async (addonName) => {
      const infos: AddonInfo[] = [];
      let nextToken: string | undefined;
      do {
        const command = new DescribeAddonVersionsCommand({ addonName, kubernetesVersion, ...(nextToken === undefined ? {} : { nextToken }) });
        const page = await eks.send(command, signal === undefined ? {} : { abortSignal: signal }).catch((error: unknown) => {
          throw awsFailure(error, `The versions of the add-on ${addonName} for Kubernetes ${kubernetesVersion} (${region})`);
        });
        infos.push(...(page.addons ?? []));
        ({ nextToken } = page);
      } while (nextToken !== undefined);
      return [addonName, defaultVersion(infos, addonName, { kubernetesVersion, region })] as const;
    }),
  );
  return Object.fromEntries(entries) as Readonly<Record<AddonName, string>>;
}

function defaultVersion(infos: readonly AddonInfo[], addonName: AddonName, { kubernetesVersion, region }: { readonly kubernetesVersion: string; readonly region: string }): string {
  const versions = infos.filter((info) => info.addonName === addonName).flatMap(({ addonVersions: all = [] }) => all);
  const fits = versions.map(({ addonVersion, compatibilities = [] }) => ({ addonVersion, of: compatibilities.filter(({ clusterVersion }) => clusterVersion === kubernetesVersion) })).filter(({ of }) => of.length > 0);
  // EKS lists the newest first.
  const chosen = fits.find(({ of }) => of.some(({ defaultVersion: isDefault }) => isDefault === true)) ?? fits[0];
  if (chosen?.addonVersion !== undefined) return chosen.addonVersion;
  throw new PodscopeError('AWS_VERSION_UNKNOWN', `EKS has no version of the add-on ${addonName} for Kubernetes ${kubernetesVersion} (${region}).`, { hint: 'Take a version of Kubernetes that EKS offers: "podscope up --target aws --dry-run" names them.' });
}
