import { randomUUID } from 'node:crypto';
import { ListClustersCommand } from '@aws-sdk/client-eks';
import { AwsRefusal } from '../../front/answer.ts';
import type { Handler } from '../../front/server.ts';
import { structuresOf, type Fields, type Value } from '../../models/schema.ts';
import type { StandInContext } from '../context.ts';

/** Add-ons, access entries and pod identities, which moto does not have: kept in memory, in the shapes of the SDK. */
export interface EksAccess {
  readonly handlers: Readonly<Record<string, Handler>>;
  /** The entry that a new cluster has for who made it. */
  addCreator(region: string, cluster: string, principalArn: string): void;
  create(region: string, kind: AccessKind, input: Fields): Promise<Fields>;
  /** Only members that it has are changed. */
  change(region: string, kind: AccessKind, cluster: string, id: string, change: Fields): void;
  remove(region: string, kind: AccessKind, cluster: string, id: string): void;
  /** Drops what belongs to a cluster, with that cluster. */
  forget(region: string, cluster: string): void;
  /** What there is, as `cluster/id`. */
  list(kind: AccessKind): readonly string[];
  clear(): void;
}

export type AccessKind = 'addon' | 'accessEntry' | 'association';

const ADMIN = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy';

/** Default versions for Kubernetes 1.33 and later, as `DescribeAddonVersions` names them. */
const ADDONS: Readonly<Record<string, readonly string[]>> = {
  'vpc-cni': ['v1.20.4-eksbuild.1', 'v1.20.1-eksbuild.3'],
  coredns: ['v1.12.4-eksbuild.1', 'v1.12.2-eksbuild.4'],
  'kube-proxy': ['v1.34.1-eksbuild.2', 'v1.33.3-eksbuild.4'],
  'aws-ebs-csi-driver': ['v1.53.0-eksbuild.1', 'v1.48.0-eksbuild.1'],
  'eks-pod-identity-agent': ['v1.3.10-eksbuild.1', 'v1.3.8-eksbuild.2'],
};

const text = (value: Value): string => (typeof value === 'string' ? value : '');

export function createEksAccess({ account, moto }: StandInContext, versions: readonly string[]): EksAccess {
  const kept = new Map<string, Fields>();
  const policies = new Map<string, Fields[]>();
  const key = (region: string, kind: AccessKind, cluster: string, id: string): string => [region, kind, cluster, id].join('|');
  const idOf: Readonly<Record<AccessKind, string>> = { addon: 'addonName', accessEntry: 'principalArn', association: 'associationId' };

  async function mustHaveCluster(region: string, name: string): Promise<void> {
    const { clusters = [] } = await moto(region).eks.send(new ListClustersCommand({}));
    if (!clusters.includes(name)) throw new AwsRefusal('ResourceNotFoundException', `No cluster found for name: ${name}.`);
  }

  function find(region: string, kind: AccessKind, cluster: string, id: string): Fields {
    const found = kept.get(key(region, kind, cluster, id));
    if (found === undefined) throw new AwsRefusal('ResourceNotFoundException', `No ${kind} found for name: ${id}.`);
    return found;
  }

  const of = (region: string, kind: AccessKind, cluster: string): readonly Fields[] => [...kept].filter(([each]) => each.startsWith(`${region}|${kind}|${cluster}|`)).map(([, value]) => value);

  async function create(region: string, kind: AccessKind, input: Fields): Promise<Fields> {
    const clusterName = text(input['clusterName']);
    await mustHaveCluster(region, clusterName);
    const arn = (part: string): string => `arn:aws:eks:${region}:${account}:${part}`;
    const now = new Date();
    const tags = input['tags'] ?? {};
    const made: Fields = {
      addon: (): Fields => {
        const addonName = text(input['addonName']);
        const offered = ADDONS[addonName];
        if (offered === undefined) throw new AwsRefusal('InvalidParameterException', `Addon ${addonName} specified is not supported`);
        const addonVersion = text(input['addonVersion']) || (offered[0] ?? '');
        if (!offered.includes(addonVersion)) throw new AwsRefusal('InvalidParameterException', `Addon version specified is not supported: ${addonVersion}`);
        const { serviceAccountRoleArn, configurationValues, podIdentityAssociations } = input;
        const associations = Array.isArray(podIdentityAssociations) ? podIdentityAssociations.map(() => arn(`podidentityassociation/${clusterName}/a-${randomUUID().slice(0, 17)}`)) : undefined;
        return { addonName, clusterName, addonVersion, status: 'ACTIVE', health: { issues: [] }, addonArn: arn(`addon/${clusterName}/${addonName}/${randomUUID()}`), createdAt: now, modifiedAt: now, tags, serviceAccountRoleArn, configurationValues, podIdentityAssociations: associations };
      },
      accessEntry: (): Fields => {
        const principalArn = text(input['principalArn']);
        return { clusterName, principalArn, accessEntryArn: arn(`access-entry/${clusterName}/${principalArn.split(':').slice(-1).join('')}/${randomUUID()}`), kubernetesGroups: input['kubernetesGroups'] ?? [], username: text(input['username']) || principalArn, type: text(input['type']) || 'STANDARD', createdAt: now, modifiedAt: now, tags };
      },
      association: (): Fields => {
        const { namespace, serviceAccount, roleArn } = input;
        if (of(region, 'association', clusterName).some((each) => each['namespace'] === namespace && each['serviceAccount'] === serviceAccount)) throw new AwsRefusal('ResourceInUseException', `Association already exists for service account ${text(serviceAccount)} in ${text(namespace)}`);
        const associationId = `a-${randomUUID().replaceAll('-', '').slice(0, 17)}`;
        return { clusterName, namespace, serviceAccount, roleArn, associationId, associationArn: arn(`podidentityassociation/${clusterName}/${associationId}`), createdAt: now, modifiedAt: now, tags };
      },
    }[kind]();
    const id = text(made[idOf[kind]]);
    if (kept.has(key(region, kind, clusterName, id))) throw new AwsRefusal('ResourceInUseException', kind === 'addon' ? 'Addon already exists.' : `The specified access entry resource is already in use on this cluster: ${id}`);
    kept.set(key(region, kind, clusterName, id), made);
    return made;
  }

  function remove(region: string, kind: AccessKind, cluster: string, id: string): void {
    kept.delete(key(region, kind, cluster, id));
    policies.delete(key(region, kind, cluster, id));
  }

  function update(region: string, kind: AccessKind, cluster: string, id: string, change: Fields): Fields {
    const changed = { ...find(region, kind, cluster, id), ...Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)), modifiedAt: new Date() };
    kept.set(key(region, kind, cluster, id), changed);
    return changed;
  }

  function associate(region: string, cluster: string, principalArn: string, policyArn: Value, accessScope: Value): Fields {
    const at = key(region, 'accessEntry', cluster, principalArn);
    const associated: Fields = { policyArn, accessScope, associatedAt: new Date(), modifiedAt: new Date() };
    policies.set(at, [...(policies.get(at) ?? []).filter((each) => each['policyArn'] !== policyArn), associated]);
    return associated;
  }

  const summary = ({ clusterName, namespace, serviceAccount, associationArn, associationId }: Fields): Fields => ({ clusterName, namespace, serviceAccount, associationArn, associationId });
  const handlers: Record<string, Handler> = {
    'eks:DescribeAddonVersions': async ({ input }) => {
      const wanted = text(input['addonName']);
      const clusterVersion = text(input['kubernetesVersion']);
      const names = Object.keys(ADDONS).filter((name) => wanted === '' || name === wanted);
      if (clusterVersion !== '' && !versions.includes(clusterVersion)) return { addons: [] };
      const offered = clusterVersion === '' ? versions : [clusterVersion];
      return {
        addons: names.map((addonName) => ({
          addonName,
          type: 'networking',
          owner: 'aws',
          publisher: 'eks',
          addonVersions: (ADDONS[addonName] ?? []).map((addonVersion, index) => ({ addonVersion, architecture: ['amd64', 'arm64'], compatibilities: offered.map((each) => ({ clusterVersion: each, platformVersions: ['*'], defaultVersion: index === 0 })), requiresConfiguration: false, requiresIamPermissions: addonName.includes('csi') })),
        })),
      };
    },
    'eks:CreateAddon': async ({ region, input }) => ({ addon: await create(region, 'addon', input) }),
    'eks:DescribeAddon': async ({ region, input }) => ({ addon: find(region, 'addon', text(input['clusterName']), text(input['addonName'])) }),
    'eks:ListAddons': async ({ region, input }) => {
      await mustHaveCluster(region, text(input['clusterName']));
      return { addons: of(region, 'addon', text(input['clusterName'])).map((each) => text(each['addonName'])) };
    },
    'eks:UpdateAddon': async ({ region, input }) => {
      const { addonVersion, configurationValues, serviceAccountRoleArn } = input;
      update(region, 'addon', text(input['clusterName']), text(input['addonName']), { addonVersion, configurationValues, serviceAccountRoleArn });
      return { update: { id: randomUUID(), status: 'Successful', type: 'AddonUpdate', params: [], createdAt: new Date(), errors: [] } };
    },
    'eks:DeleteAddon': async ({ region, input }) => {
      const addon = find(region, 'addon', text(input['clusterName']), text(input['addonName']));
      remove(region, 'addon', text(input['clusterName']), text(input['addonName']));
      return { addon: { ...addon, status: 'DELETING' } };
    },
    'eks:CreateAccessEntry': async ({ region, input }) => ({ accessEntry: await create(region, 'accessEntry', input) }),
    'eks:DescribeAccessEntry': async ({ region, input }) => ({ accessEntry: find(region, 'accessEntry', text(input['clusterName']), text(input['principalArn'])) }),
    'eks:ListAccessEntries': async ({ region, input }) => {
      await mustHaveCluster(region, text(input['clusterName']));
      return { accessEntries: of(region, 'accessEntry', text(input['clusterName'])).map((each) => text(each['principalArn'])) };
    },
    'eks:UpdateAccessEntry': async ({ region, input }) => {
      const { kubernetesGroups, username } = input;
      return { accessEntry: update(region, 'accessEntry', text(input['clusterName']), text(input['principalArn']), { kubernetesGroups, username }) };
    },
    'eks:DeleteAccessEntry': async ({ region, input }) => {
      find(region, 'accessEntry', text(input['clusterName']), text(input['principalArn']));
      remove(region, 'accessEntry', text(input['clusterName']), text(input['principalArn']));
      return {};
    },
    'eks:AssociateAccessPolicy': async ({ region, input }) => {
      const [clusterName, principalArn] = [text(input['clusterName']), text(input['principalArn'])];
      find(region, 'accessEntry', clusterName, principalArn);
      return { clusterName, principalArn, associatedAccessPolicy: associate(region, clusterName, principalArn, input['policyArn'], input['accessScope']) };
    },
    'eks:DisassociateAccessPolicy': async ({ region, input }) => {
      const at = key(region, 'accessEntry', text(input['clusterName']), text(input['principalArn']));
      policies.set(at, (policies.get(at) ?? []).filter((each) => each['policyArn'] !== input['policyArn']));
      return {};
    },
    'eks:ListAssociatedAccessPolicies': async ({ region, input }) => {
      const [clusterName, principalArn] = [text(input['clusterName']), text(input['principalArn'])];
      find(region, 'accessEntry', clusterName, principalArn);
      return { clusterName, principalArn, associatedAccessPolicies: policies.get(key(region, 'accessEntry', clusterName, principalArn)) ?? [] };
    },
    'eks:CreatePodIdentityAssociation': async ({ region, input }) => ({ association: await create(region, 'association', input) }),
    'eks:DescribePodIdentityAssociation': async ({ region, input }) => ({ association: find(region, 'association', text(input['clusterName']), text(input['associationId'])) }),
    'eks:ListPodIdentityAssociations': async ({ region, input }) => {
      await mustHaveCluster(region, text(input['clusterName']));
      const fits = (each: Fields): boolean => (['namespace', 'serviceAccount'] as const).every((name) => input[name] === undefined || input[name] === each[name]);
      return { associations: of(region, 'association', text(input['clusterName'])).filter(fits).map(summary) };
    },
    'eks:UpdatePodIdentityAssociation': async ({ region, input }) => ({ association: update(region, 'association', text(input['clusterName']), text(input['associationId']), { roleArn: input['roleArn'] }) }),
    'eks:DeletePodIdentityAssociation': async ({ region, input }) => {
      const association = find(region, 'association', text(input['clusterName']), text(input['associationId']));
      remove(region, 'association', text(input['clusterName']), text(input['associationId']));
      return { association };
    },
  };

  return {
    handlers,
    addCreator(region, cluster, principalArn) {
      kept.set(key(region, 'accessEntry', cluster, principalArn), { clusterName: cluster, principalArn, accessEntryArn: `arn:aws:eks:${region}:${account}:access-entry/${cluster}/creator/${randomUUID()}`, kubernetesGroups: [], username: principalArn, type: 'STANDARD', createdAt: new Date(), modifiedAt: new Date(), tags: {} });
      associate(region, cluster, principalArn, ADMIN, { type: 'cluster', namespaces: [] });
    },
    create: async (region, kind, input) => {
      const made = await create(region, kind, input);
      if (kind === 'accessEntry' && Array.isArray(input['accessPolicies'])) {
        for (const each of structuresOf(input['accessPolicies'])) associate(region, text(made['clusterName']), text(made['principalArn']), each['policyArn'], each['accessScope']);
      }
      return made;
    },
    change(region, kind, cluster, id, change) {
      const before = find(region, kind, cluster, id);
      update(region, kind, cluster, id, Object.fromEntries(Object.entries(change).filter(([name]) => Object.hasOwn(before, name))));
      if (Array.isArray(change['accessPolicies'])) for (const each of structuresOf(change['accessPolicies'])) associate(region, cluster, id, each['policyArn'], each['accessScope']);
    },
    remove,
    forget(region, cluster) {
      for (const each of [...kept.keys()]) if (each.startsWith(`${region}|`) && each.split('|')[2] === cluster) kept.delete(each);
      for (const each of [...policies.keys()]) if (each.startsWith(`${region}|`) && each.split('|')[2] === cluster) policies.delete(each);
    },
    list: (kind) => [...kept.keys()].filter((each) => each.split('|')[1] === kind).map((each) => each.split('|').slice(2).join('/')).sort(),
    clear() {
      kept.clear();
      policies.clear();
    },
  };
}
