import { IMAGES, type Image } from '@podscope/log-shippers/kubernetes';
import { capacityCheck } from './capacity.ts';
import type { Check } from './checks.ts';
import type { ObservedCluster, ObservedNamespace } from './observe.ts';
import { claimsOf, podsOf } from './pods.ts';
import { missingLines, type RightsObject } from './rights.ts';

/** The oldest minor version of Kubernetes 1 for which the manifests are written, and the newest on which they were tried. */
export const OLDEST_MINOR = 28;
const NEWEST_TRIED_MINOR = 35;

/** Judges what was read of a cluster against what is to be put on it. Pure. */
export function preflight(observed: ObservedCluster, objects: readonly RightsObject[]): readonly Check[] {
  return [
    versionCheck(observed),
    rightsCheck(observed),
    namespacesCheck(observed.namespaces),
    podSecurityCheck(observed.namespaces, objects),
    ...(observed.nodes === undefined ? [] : [capacityCheck(observed.nodes, podsOf(objects)), architecturesCheck(observed, objects)]),
    ...(observed.storageClasses === undefined ? [] : [storageCheck(observed.storageClasses, objects)]),
  ];
}

function versionCheck({ version: { gitVersion, major, minor }, unknownKinds }: ObservedCluster): Check {
  const base = { id: 'server-version', title: 'Kubernetes' } as const;
  if (major !== 1 || minor < OLDEST_MINOR) return { ...base, verdict: 'failed', found: `${gitVersion}; the manifests are for 1.${OLDEST_MINOR} and later`, todo: 'Upgrade the cluster, or choose another context.' };
  if (unknownKinds.length > 0) return { ...base, verdict: 'failed', found: `${gitVersion} lacks kinds that the manifests have`, details: unknownKinds, todo: 'See whether an API group is switched off, or a custom resource isn’t installed.' };
  if (minor > NEWEST_TRIED_MINOR) return { ...base, verdict: 'warning', found: `${gitVersion}; tried up to 1.${NEWEST_TRIED_MINOR}` };
  return { ...base, verdict: 'ok', found: gitVersion };
}

function rightsCheck({ missing }: ObservedCluster): Check {
  const base = { id: 'rights', title: 'Rights' } as const;
  if (missing.length === 0) return { ...base, verdict: 'ok', found: 'all that the manifests take' };
  return {
    ...base, verdict: 'failed', found: `${missing.length} ${missing.length === 1 ? 'action is' : 'actions are'} not allowed`, details: missingLines(missing),
    todo: 'Ask for these rights; docs/guide/kubernetes-target.md has the ClusterRole.',
  };
}

function namespacesCheck(namespaces: readonly ObservedNamespace[]): Check {
  const base = { id: 'namespaces', title: 'Namespaces' } as const;
  const ending = namespaces.filter((each) => each.ending);
  if (ending.length > 0) {
    return {
      ...base, verdict: 'failed', found: `${ending.map(({ name }) => name).join(', ')} ${ending.length === 1 ? 'is' : 'are'} being deleted`,
      details: ending.map(({ name, finalizers }) => `${name}: held by ${finalizers.length === 0 ? 'nothing any more' : finalizers.join(', ')}`),
      todo: 'Wait until it is gone, or see what holds it: kubectl describe namespace.',
    };
  }
  const foreign = namespaces.filter(({ ours }) => !ours);
  if (foreign.length > 0) {
    return { ...base, verdict: 'warning', found: `${foreign.map(({ name }) => name).join(', ')} ${foreign.length === 1 ? 'was' : 'were'} there before: used as ${foreign.length === 1 ? 'it is' : 'they are'}, and not deleted by down` };
  }
  return { ...base, verdict: 'ok', found: namespaces.length === 0 ? 'none of them is there yet' : 'made by an earlier up' };
}

const LEVELS = ['privileged', 'baseline', 'restricted'] as const;
type Level = (typeof LEVELS)[number];
const ENFORCE = 'pod-security.kubernetes.io/enforce';

/** The manifests say what each namespace has to let in: one that was there before may enforce more. */
function podSecurityCheck(namespaces: readonly ObservedNamespace[], objects: readonly RightsObject[]): Check {
  const base = { id: 'pod-security', title: 'Pod security' } as const;
  const wanted = new Map(objects.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => [metadata.name, (metadata as { readonly labels?: Readonly<Record<string, string>> }).labels?.[ENFORCE] as Level | undefined]));
  const strength = (level: string): number => LEVELS.indexOf(level as Level);
  const refusing = namespaces.flatMap(({ name, level, ours }) => {
    const needs = wanted.get(name);
    return ours || level === undefined || needs === undefined || strength(level) <= strength(needs) ? [] : [`${name} enforces ${level}; what goes there needs ${needs}`];
  });
  if (refusing.length === 0) return { ...base, verdict: 'ok', found: 'each namespace lets in what it is for' };
  return { ...base, verdict: 'failed', found: 'a namespace that is there would refuse pods', details: refusing, todo: `Give another name (--agents-namespace, …), or change its label ${ENFORCE}.` };
}

function architecturesCheck({ nodes = [] }: ObservedCluster, objects: readonly RightsObject[]): Check {
  const base = { id: 'architectures', title: 'Images and nodes' } as const;
  const there = [...new Set(nodes.map(({ architecture }) => architecture))].toSorted();
  const problems: { readonly line: string; readonly fatal: boolean }[] = [];
  for (const { owner, images, count, architecture } of podsOf(objects)) {
    for (const image of images) {
      const known = knownImage(image)?.architectures as readonly string[] | undefined;
      const wrong = (architecture === undefined ? there : [architecture]).filter((each) => known !== undefined && !known.includes(each));
      if (wrong.length === 0) continue;
      // A pod that may go elsewhere is only at risk.
      problems.push({ line: `${owner}: ${image} is not for ${wrong.join(', ')}`, fatal: count === undefined || wrong.length === there.length });
    }
  }
  const lines = [...new Set(problems.map(({ line }) => line))];
  if (lines.length === 0) return { ...base, verdict: 'ok', found: `all images are for ${there.join(', ') || 'any node'}` };
  return {
    ...base, verdict: problems.some(({ fatal }) => fatal) ? 'failed' : 'warning', found: `${lines.length} ${lines.length === 1 ? 'image is' : 'images are'} not for every node`, details: lines,
    todo: 'Take images of your own from a mirror (--image-mirror), or nodes of another architecture.',
  };
}

/** What is known of an image, by its repository, whatever registry it comes from. */
function knownImage(reference: string): Image | undefined {
  const path = reference.replace(/@.*$/u, '').replace(/:[^:/]+$/u, '');
  return Object.values<Image>(IMAGES).find(({ repository }) => path === repository || path.endsWith(`/${repository}`));
}

function storageCheck(classes: NonNullable<ObservedCluster['storageClasses']>, objects: readonly RightsObject[]): Check {
  const base = { id: 'storage', title: 'Volumes' } as const;
  const claims = claimsOf(objects);
  if (claims.length === 0) return { ...base, verdict: 'ok', found: 'none are asked for' };
  const unknown = claims.filter(({ storageClass }) => storageClass !== undefined && !classes.some(({ name }) => name === storageClass));
  const there = classes.length === 0 ? 'there are no storage classes' : `there are ${classes.map(({ name }) => name).join(', ')}`;
  if (unknown.length > 0) return { ...base, verdict: 'failed', found: `there is no storage class ${unknown[0]?.storageClass}; ${there}`, details: unknown.map(({ owner }) => owner), todo: 'Name another with --storage-class.' };
  const fallback = classes.find(({ isDefault }) => isDefault);
  const wanting = claims.filter(({ storageClass }) => storageClass === undefined);
  if (wanting.length > 0 && fallback === undefined) {
    return { ...base, verdict: 'failed', found: `no storage class is the default one; ${there}`, details: wanting.map(({ owner }) => `${owner} asks for volumes`), todo: 'Name one with --storage-class, or mark one as the default.' };
  }
  return { ...base, verdict: 'ok', found: `of class ${[...new Set(claims.map(({ storageClass }) => storageClass ?? fallback?.name ?? ''))].join(', ')}` };
}
