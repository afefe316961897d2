import type { KubernetesObject } from '../kubernetes/api/types.ts';
import { valueAt } from '../probes/valueAt.ts';
import { managedPaths } from './paths.ts';
import type { Owner, OwnerLists, OwnerRule, Touched } from './types.ts';

type FoundOwner = Omit<Owner, 'object'>;

const everything = ['*'];

/**
 * Argo CD marks what it tracks with the annotation `argocd.argoproj.io/tracking-id`: `<application>:<group>/<kind>:<namespace>/<name>`, or by
 * label with its name (Argo CD, "Resource Tracking"). Only an Application with `syncPolicy.automated.selfHeal` undoes a change by itself
 * ("Automated Sync Policy"); what `ignoreDifferences` names it leaves alone.
 */
export const argoCd: OwnerRule = {
  accesses: () => [{ verb: 'list', group: 'argoproj.io', resource: 'applications' }],
  async find(touched, lists) {
    const { annotations = {}, labels = {} } = touched.found.metadata;
    const tracking = annotations['argocd.argoproj.io/tracking-id'];
    const { group, kind, namespace = '', name } = { ...touched.object, group: groupOf(touched.object.apiVersion) };
    // A copy of the annotation on another object (a pod template) tracks nothing.
    const tracked = tracking?.endsWith(`:${group}/${kind}:${namespace}/${name}`) === true ? tracking.split(':')[0] : undefined;
    const byLabel = labels['argocd.argoproj.io/instance'] ?? labels['app.kubernetes.io/instance'];
    if (tracked === undefined && byLabel === undefined) return [];
    const applications = await lists.of({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Application' });
    // An Application outside of Argo CD's own namespace is tracked as `<namespace>_<name>`.
    const wanted = tracked ?? byLabel ?? '';
    const application = applications.find((each) => each.metadata.name === wanted || `${each.metadata.namespace ?? ''}_${each.metadata.name}` === wanted);
    if (application === undefined) {
      // The instance label alone is everybody's: without an Application of that name it is somebody else's.
      if (tracked === undefined && labels['argocd.argoproj.io/instance'] === undefined) return [];
      return [{ kind: 'argo-cd', owner: `Argo CD application ${wanted}`, keeps: everything, effect: 'may-undo', why: 'it is tracked by Argo CD, whose Application could not be read here: if that heals itself, the change is undone within minutes' }];
    }
    const owner = `Argo CD Application ${application.metadata.namespace ?? ''}/${application.metadata.name}`;
    if (touched.paths !== undefined && touched.paths.every((path) => isIgnored(application, touched, path))) return [];
    const heals = valueAt(application, 'spec.syncPolicy.automated.selfHeal') === true && valueAt(application, 'spec.syncPolicy.automated.enabled') !== false;
    return heals
      ? [{ kind: 'argo-cd', owner, keeps: everything, effect: 'undoes', why: 'it heals itself (syncPolicy.automated.selfHeal); turn that off for the time of the fault' }]
      : [{ kind: 'argo-cd', owner, keeps: everything, effect: 'later', why: 'it doesn’t heal itself: the next sync undoes the change' }];
  },
};

const groupOf = (apiVersion: string): string => (apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '');

interface Ignored {
  readonly group?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly jsonPointers?: readonly string[];
}

function isIgnored(application: KubernetesObject, { object }: Touched, path: string): boolean {
  const ignored = valueAt(application, 'spec.ignoreDifferences');
  if (!Array.isArray(ignored) || path === '*') return false;
  const pointer = `/${path.replaceAll('.', '/')}`;
  return (ignored as readonly Ignored[]).some(
    ({ group = '', kind, name, jsonPointers = [] }) => kind === object.kind && group === groupOf(object.apiVersion) && (name === undefined || name === object.name) && jsonPointers.some((each) => pointer === each || pointer.startsWith(`${each}/`)),
  );
}

/**
 * Flux's kustomize-controller labels what it applies, and applies it again every interval by server-side apply: so it undoes what it owns in
 * the managed fields. `kustomize.toolkit.fluxcd.io/reconcile: disabled`, `…/ssa: Ignore` and `spec.suspend` keep it from that (Flux,
 * "Kustomization", "Controlling the apply behavior of resources").
 */
export const fluxKustomization: OwnerRule = {
  accesses: (namespace) => [{ verb: 'get', group: 'kustomize.toolkit.fluxcd.io', resource: 'kustomizations', namespace }],
  async find(touched, lists) {
    const { labels = {}, annotations = {} } = touched.found.metadata;
    const name = labels['kustomize.toolkit.fluxcd.io/name'];
    const namespace = labels['kustomize.toolkit.fluxcd.io/namespace'];
    if (name === undefined || namespace === undefined) return [];
    if (annotations['kustomize.toolkit.fluxcd.io/reconcile'] === 'disabled' || annotations['kustomize.toolkit.fluxcd.io/ssa']?.toLowerCase() === 'ignore') return [];
    const kustomization = await lists.one({ apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', namespace, name });
    if (kustomization !== 'unknown' && valueAt(kustomization, 'spec.suspend') === true) return [];
    const keeps = managedPaths(touched.found, /^kustomize-controller$/, touched.paths ?? everything);
    if (touched.paths !== undefined && keeps.length === 0) return [];
    const owner = `Flux Kustomization ${namespace}/${name}`;
    return [{ kind: 'flux-kustomization', owner, keeps: keeps.length === 0 ? everything : keeps, effect: kustomization === 'unknown' ? 'may-undo' : 'undoes', why: 'its label names it, and Flux applies it again every interval; "flux suspend kustomization" keeps it from that for the time of the fault' }];
  },
};

/** Flux's helm-controller corrects drift only where `spec.driftDetection.mode` is `enabled` (Flux, "Helm Releases", "Drift detection"). */
export const fluxHelmRelease: OwnerRule = {
  accesses: (namespace) => [{ verb: 'get', group: 'helm.toolkit.fluxcd.io', resource: 'helmreleases', namespace }],
  async find(touched, lists) {
    const { labels = {}, annotations = {} } = touched.found.metadata;
    const name = labels['helm.toolkit.fluxcd.io/name'];
    const namespace = labels['helm.toolkit.fluxcd.io/namespace'];
    if (name === undefined || namespace === undefined || annotations['helm.toolkit.fluxcd.io/driftDetection'] === 'disabled') return [];
    const release = await lists.one({ apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', namespace, name });
    const owner = `Flux HelmRelease ${namespace}/${name}`;
    if (release === 'unknown') return [{ kind: 'flux-helm-release', owner, keeps: everything, effect: 'may-undo', why: 'its label names it, and whether that corrects drift could not be read here' }];
    if (valueAt(release, 'spec.suspend') === true) return [];
    return valueAt(release, 'spec.driftDetection.mode') === 'enabled'
      ? [{ kind: 'flux-helm-release', owner, keeps: everything, effect: 'undoes', why: 'it corrects drift (spec.driftDetection.mode); "flux suspend helmrelease" keeps it from that for the time of the fault' }]
      : [{ kind: 'flux-helm-release', owner, keeps: everything, effect: 'later', why: 'it doesn’t correct drift: its next upgrade undoes the change' }];
  },
};

/** Helm keeps nothing by itself; it marks a release's objects (Helm, `pkg/action/validate.go`: label and two annotations). */
const helm = (touched: Touched): FoundOwner | undefined => {
  const { labels = {}, annotations = {} } = touched.found.metadata;
  const release = annotations['meta.helm.sh/release-name'];
  if (labels['app.kubernetes.io/managed-by'] !== 'Helm' || release === undefined || labels['helm.toolkit.fluxcd.io/name'] !== undefined) return undefined;
  return { kind: 'helm', owner: `Helm release ${annotations['meta.helm.sh/release-namespace'] ?? ''}/${release}`, keeps: everything, effect: 'later', why: 'the release’s next upgrade undoes the change' };
};

/**
 * Rancher's wrangler applies sets of objects and marks them with `objectset.rio.cattle.io/owner-gvk` and `owner-name` (k3s add-ons, Fleet,
 * Helm charts of k3s).
 */
const rancher = (touched: Touched): FoundOwner | undefined => {
  const { annotations = {} } = touched.found.metadata;
  const name = annotations['objectset.rio.cattle.io/owner-name'];
  if (name === undefined) return undefined;
  const kind = annotations['objectset.rio.cattle.io/owner-gvk'] ?? 'owner';
  return { kind: 'rancher', owner: `${kind} ${annotations['objectset.rio.cattle.io/owner-namespace'] ?? ''}/${name}`, keeps: everything, effect: 'undoes', why: 'its annotations objectset.rio.cattle.io name an owner that applies it again' };
};

/** Config Sync and other users of kustomize's inventory: `configmanagement.gke.io/managed`, `config.k8s.io/owning-inventory`. */
const configSync = (touched: Touched): FoundOwner | undefined => {
  const { annotations = {} } = touched.found.metadata;
  if (annotations['configmanagement.gke.io/managed'] !== 'enabled') return undefined;
  return { kind: 'config-sync', owner: `Config Sync ${annotations['config.k8s.io/owning-inventory'] ?? ''}`.trim(), keeps: everything, effect: 'undoes', why: 'it is annotated with configmanagement.gke.io/managed: enabled; "disabled" takes it out' };
};

/** The addon manager applies add-ons of mode Reconcile again and again (kubernetes cluster/addons/addon-manager/README.md). */
const addonManager = (touched: Touched): FoundOwner | undefined =>
  touched.found.metadata.labels?.['addonmanager.kubernetes.io/mode'] === 'Reconcile'
    ? { kind: 'addon-manager', owner: 'addon manager', keeps: everything, effect: 'undoes', why: 'its label addonmanager.kubernetes.io/mode is Reconcile' }
    : undefined;

/** OpenShift's cluster-version operator applies what its release includes (cluster-version-operator docs/dev/operators.md). */
const openshift = (touched: Touched): FoundOwner | undefined => {
  const { annotations = {} } = touched.found.metadata;
  const included = Object.keys(annotations).some((key) => key.startsWith('include.release.openshift.io/'));
  if (!included || annotations['release.openshift.io/create-only'] === 'true') return undefined;
  return { kind: 'openshift', owner: 'cluster-version operator', keeps: everything, effect: 'undoes', why: 'its annotations include.release.openshift.io put it under the cluster-version operator' };
};

/** The Operator Lifecycle Manager owns an operator's Deployment through labels (operator-lifecycle-manager pkg/lib/ownerutil). */
const olm = (touched: Touched): FoundOwner | undefined => {
  const { labels = {} } = touched.found.metadata;
  const name = labels['olm.owner'];
  return name === undefined ? undefined : { kind: 'olm', owner: `${labels['olm.owner.kind'] ?? 'ClusterServiceVersion'} ${labels['olm.owner.namespace'] ?? ''}/${name}`, keeps: everything, effect: 'undoes', why: 'its labels olm.owner put it under the Operator Lifecycle Manager' };
};

/** Those that an object's own labels and annotations name. */
export const marked: OwnerRule = {
  accesses: () => [],
  find: (touched: Touched, _lists: OwnerLists) => Promise.resolve([helm, rancher, configSync, addonManager, openshift, olm].flatMap((find) => find(touched) ?? [])),
};
