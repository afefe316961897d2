import { isDeepStrictEqual } from 'node:util';
import { type ApiObject, type ApiObjectProps, App, Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-33';
import type { Construct } from 'constructs';
import { parse, stringify } from 'yaml';

/** Objects by their chart. */
export type Written = ReadonlyMap<string, readonly KubernetesJson[]>;
type KubernetesJson = ApiObjectProps & { readonly data?: Readonly<Record<string, string>> };

/**
 * The same objects as somebody writes them with cdk8s alone: cdk8s-plus' typed classes, whose arguments are there beforehand, and in
 * ConfigMaps the YAML of object literals; or, with `texts`, what stands in a file already, which nobody has to make or check.
 */
export function plainCdk8s(objects: Written, configurations: 'literals' | 'texts' = 'literals'): (outdir: string) => App {
  const charts = [...objects].map(([path, all]) => [path.replaceAll('/', '-'), all.map((json) => maker(json, configurations))] as const);
  return (outdir) => {
    const app = new App({ outdir });
    for (const [id, makers] of charts) {
      const chart = new Chart(app, id, { disableResourceNameHashes: true });
      makers.forEach((make, index) => make(chart, `object-${index}`));
    }
    return app;
  };
}

type Maker = (scope: Construct, id: string) => void;
type Typed = new (scope: Construct, id: string, props: unknown) => ApiObject;

function maker(json: KubernetesJson, configurations: 'literals' | 'texts'): Maker {
  const { apiVersion: _apiVersion, kind, ...props } = json;
  const name = `Kube${kind}${json.apiVersion === 'autoscaling/v2' ? 'V2' : ''}`;
  const Kind = (k8s as unknown as Readonly<Record<string, Typed>>)[name];
  if (Kind === undefined) throw new Error(`cdk8s-plus has no ${name}.`);
  const typed = revived(props, []) as Readonly<Record<string, unknown>>;
  if (kind !== 'ConfigMap' || configurations === 'texts') return (scope, id) => void new Kind(scope, id, typed);
  const literals = Object.entries(json.data ?? {}).map(([file, text]): readonly [string, () => string] => {
    if (!/\.ya?ml$/.test(file)) return [file, () => text];
    const parsed = parse(text) as unknown;
    return [file, () => stringify(parsed, { lineWidth: 0 })];
  });
  return (scope, id) => void new Kind(scope, id, { ...typed, data: Object.fromEntries(literals.map(([file, text]) => [file, text()])) });
}

const QUANTITIES = new Set(['requests', 'limits', 'hard']);
const INT_OR_STRING = new Set(['targetPort', 'maxUnavailable', 'maxSurge', 'minAvailable']);
const PROBED = new Set(['httpGet', 'tcpSocket']);

/** JSON as the typed classes take it: amounts and ports are classes of theirs. That all were found is seen by the objects being equal. */
function revived(value: unknown, path: readonly string[]): unknown {
  const [parent = '', name = ''] = path.slice(-2);
  if (QUANTITIES.has(parent) || name === 'sizeLimit') return k8s.Quantity.fromString(String(value));
  if (INT_OR_STRING.has(name) || (name === 'port' && (PROBED.has(parent) || path.includes('ingress') || path.includes('egress')))) return typeof value === 'number' ? k8s.IntOrString.fromNumber(value) : k8s.IntOrString.fromString(String(value));
  if (Array.isArray(value)) return value.map((each) => revived(each, path));
  if (typeof value !== 'object' || value === null) return value;
  // The one name that the typed classes spell otherwise.
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key === 'clusterIP' ? 'clusterIp' : key, revived(each, [...path, key])]));
}

/** True when both are the same objects, whatever the layout of the YAML in their ConfigMaps. */
export function sameObjects(left: Written, right: Written): boolean {
  const plain = (objects: Written): unknown => [...objects.values()].map((all) => all.map((each) => (each.kind === 'ConfigMap' ? { ...each, data: Object.entries(each.data ?? {}).map(([file, text]) => [file, /\.ya?ml$/.test(file) ? parse(text) : text]) } : each)));
  return isDeepStrictEqual(plain(left), plain(right));
}
