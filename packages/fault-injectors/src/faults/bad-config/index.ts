import { createHash } from 'node:crypto';
import { z } from 'zod';
import { defineFault, type Unchanged } from '../../definition/defineFault.ts';
import type { KubernetesObject } from '../../kubernetes/api/types.ts';
import { containerOf } from '../../kubernetes/objects/pods.ts';
import { unfit } from '../../kubernetes/objects/refs.ts';
import { templateFault, withContainer } from '../../kubernetes/objects/templateFault.ts';
import { containerParam, namespaceParam, objectName, type Workload, workloadParam } from '../../kubernetes/objects/workloads.ts';

const params = z
  .object({
    namespace: namespaceParam(),
    workload: workloadParam(),
    container: containerParam(),
    env: z.string().min(1).max(253).optional().describe('The environment variable of the container that gets the value.'),
    configMap: objectName().optional().describe('Instead: the ConfigMap whose key gets the value. The pods are restarted, so that they read it.'),
    key: z.string().min(1).max(253).optional().describe('The key of the ConfigMap.'),
    value: z.string().max(65_536).default('nowhere.invalid').describe('The wrong value.'),
  })
  .refine(({ env, configMap, key }) => (env === undefined) !== (configMap === undefined) && (configMap === undefined) === (key === undefined), 'give either env, or configMap and key');

type Params = z.output<typeof params>;

/** Pods start anew when an annotation of their template changes; its value says nothing about the configuration. */
const RESTART = 'podscope.dev/restarted-for';

/** The ConfigMap with a wrong value. */
export function withWrongKey(object: KubernetesObject, { key = '', value }: Params): unknown {
  const { data = {}, immutable } = object as { readonly data?: Readonly<Record<string, string>>; readonly immutable?: boolean };
  const { name } = object.metadata;
  if (immutable === true) throw unfit(`ConfigMap ${name} is immutable.`, 'What is in it can’t be changed, only replaced by one of another name.');
  if (!Object.hasOwn(data, key)) throw unfit(`ConfigMap ${name} has no key ${key}.`, `It has ${Object.keys(data).join(', ') || 'none'}.`);
  return { ...object, data: { ...data, [key]: value } };
}

/** The workload with a wrong environment variable, or restarted. */
export function withWrongConfig(workload: Workload, { container, env, configMap, key, value }: Params): unknown {
  if (env !== undefined) {
    return withContainer(workload, container, (each) => {
      const list = (each['env'] ?? []) as readonly { readonly name: string }[];
      if (!list.some(({ name }) => name === env)) throw unfit(`Container ${each.name} of ${workload.metadata.name} has no environment variable ${env}.`, `It has ${list.map(({ name }) => name).join(', ') || 'none'} by itself; what comes from a ConfigMap as a whole is changed there.`);
      // The server leaves an empty value out (k8s.io/api/core/v1/types.go, `EnvVar`).
      return { ...each, env: list.map((one) => (one.name === env ? { name: env, ...(value === '' ? {} : { value }) } : one)) };
    });
  }
  const { template } = workload.spec;
  const restarted = createHash('sha256').update(`${configMap}/${key}`).digest('hex').slice(0, 16);
  return { ...workload, spec: { ...workload.spec, template: { ...template, metadata: { ...template.metadata, annotations: { ...template.metadata?.annotations, [RESTART]: restarted } } } } };
}

/** A container that was started with what its pod has now, as its kubelet says. */
export function startedWithIt(pod: KubernetesObject, name: string): string | undefined {
  const { state, lastState } = containerOf(pod, name) ?? {};
  if (state?.running === undefined && state?.terminated === undefined && lastState?.terminated === undefined) return undefined;
  return `container ${name} was started with it${state?.running === undefined ? ' and ended' : ''}`;
}

/** Parameters of {@link badConfig}. */
export type BadConfigParams = Unchanged<z.input<typeof params>>;

/** Gives a program a wrong setting, in its environment or in a ConfigMap. */
export const badConfig = defineFault({
  id: 'bad-config',
  title: 'A wrong setting',
  params,
  provable: 'runtime',
  symptom: 'Depends on the setting: a wrong host shows as HTTP 500 in apache-* (http.response.status_code) and as errors in the program’s own log in kubernetes-*; a program that ends over it restarts (kubernetes.container.status.restarts in metricbeat-*).',
  targets: {
    kubernetes: templateFault<Params>({
      edit: withWrongConfig,
      symptom: (pod, _params, container) => startedWithIt(pod, container),
      shown: 'were started with the wrong setting',
      others: {
        refs: ({ namespace, configMap }) => (configMap === undefined ? [] : [{ apiVersion: 'v1', kind: 'ConfigMap', namespace, name: configMap }]),
        edit: withWrongKey,
        accesses: ({ namespace, configMap }) => (configMap === undefined ? [] : ['get', 'patch'].map((verb) => ({ verb, group: '', resource: 'configmaps', namespace, name: configMap }))),
      },
    }),
  },
});
