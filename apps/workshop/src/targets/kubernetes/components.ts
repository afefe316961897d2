import type { Chart } from 'cdk8s';
import { stringify } from 'yaml';

/** A Kubernetes object, as far as its place in a folder goes. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** One YAML file of a folder of manifests. */
export interface Component {
  /** `namespaces`, or the chart's. */
  readonly name: string;
  readonly file: string;
  readonly objects: readonly KubernetesObject[];
  readonly yaml: string;
}

/** The first line of every file that is written: what begins so may be replaced and removed. */
export const MARK = '# Written by "podscope manifests synth"';

/** What belongs to namespaces, and has to be there before the rest: it goes into a file that sorts first, since kubectl applies a folder in the order of its names. */
const FIRST = new Set(['Namespace', 'ResourceQuota', 'PriorityClass', 'CustomResourceDefinition']);
const FIRST_COMPONENT = 'namespaces';

/** The objects of charts, one file a chart, with the namespaces in a file before them. */
export function componentsOf(charts: readonly Chart[]): readonly Component[] {
  const all = charts.map((chart) => ({ name: chart.node.id, objects: chart.toJson() as readonly KubernetesObject[] }));
  const first = all.flatMap(({ objects }) => objects.filter(({ kind }) => FIRST.has(kind)));
  const rest = all.map(({ name, objects }) => ({ name, objects: objects.filter(({ kind }) => !FIRST.has(kind)) }));
  return [{ name: FIRST_COMPONENT, objects: first.toSorted((a, b) => (idOf(a) < idOf(b) ? -1 : 1)) }, ...rest]
    .filter(({ objects }) => objects.length > 0)
    .map(({ name, objects }) => ({ name, objects, file: `${name === FIRST_COMPONENT ? '00' : '10'}-${name}.yaml`, yaml: yamlOf(name, objects) }));
}

/** `Deployment guestbook/frontend` */
export function idOf({ kind, metadata: { name, namespace } }: KubernetesObject): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

function yamlOf(name: string, objects: readonly KubernetesObject[]): string {
  // No folding and no anchors: the same objects are the same bytes, and a diff shows lines.
  const documents = objects.map((object) => stringify(object, { lineWidth: 0, aliasDuplicateObjects: false, version: '1.1' }));
  return `${MARK}: component ${name}. Changes made here are lost.\n${documents.map((text) => `---\n${text}`).join('')}`;
}
