import { z } from 'zod';
import { defineFault, type FaultOn, type Unchanged } from '../../definition/defineFault.ts';
import type { KubernetesTarget } from '../../definition/targets.ts';
import type { KubernetesObject } from '../../kubernetes/api/types.ts';
import { containersOf } from '../../kubernetes/objects/pods.ts';
import { unfit } from '../../kubernetes/objects/refs.ts';
import { type ServiceBefore, serviceFault } from '../../kubernetes/objects/serviceFault.ts';
import { type Service, serviceRef } from '../../kubernetes/objects/services.ts';
import { type TemplateBefore, templateFault, withTemplate } from '../../kubernetes/objects/templateFault.ts';
import { namespaceParam, objectName, workloadParam, type WorkloadParams } from '../../kubernetes/objects/workloads.ts';

const params = z
  .object({
    namespace: namespaceParam(),
    workload: workloadParam().optional(),
    // An address that nobody may have (RFC 5737).
    nameserver: z.string().max(45).regex(/^[0-9A-Fa-f.:]+$/, 'an IP address').default('192.0.2.53').describe('The only name server that the pods ask; nobody answers there.'),
    service: objectName().optional().describe('Instead of a workload: the Service whose name leads elsewhere (type ExternalName).'),
    externalName: objectName().default('nowhere.invalid').describe('Where its name leads then.'),
  })
  .refine(({ workload, service }) => (workload === undefined) !== (service === undefined), 'give either workload or service');

type Params = z.output<typeof params>;

/** A container that runs: its kubelet wrote the pod's resolv.conf before it started it. */
function runs(pod: KubernetesObject): string | undefined {
  const found = containersOf(pod).find(({ state }) => state?.running !== undefined);
  return found && `container ${found.name} runs with that name server alone`;
}

const ofPods = templateFault<Params & WorkloadParams>({
  edit(workload, { nameserver }) {
    const { dnsConfig = {} } = workload.spec.template.spec as { readonly dnsConfig?: Readonly<Record<string, unknown>> };
    // "None" takes what dnsConfig says and nothing of the cluster's.
    return withTemplate(workload, { dnsPolicy: 'None', dnsConfig: { ...dnsConfig, nameservers: [nameserver] } });
  },
  symptom: runs,
  shown: 'resolve no names',
});

/** The Service under the same name, which leads to another host. Its cluster address goes, and comes back with the revert. */
export function leadingElsewhere(service: Service, externalName: string): unknown {
  const { name } = service.metadata;
  const { type = 'ClusterIP', ports = [] } = service.spec as { readonly type?: string; readonly ports?: readonly { readonly nodePort?: number }[] };
  if (type !== 'ClusterIP') throw unfit(`Service ${name} is of the type ${type}.`, 'Only one of the type ClusterIP can be turned into a name and back: others would lose what they have outside of the cluster.');
  if (ports.length === 0) throw unfit(`Service ${name} has no ports.`, 'Choose another one.');
  const { clusterIP: _ip, clusterIPs: _ips, ipFamilies: _families, ipFamilyPolicy: _policy, internalTrafficPolicy: _traffic, ...spec } = service.spec;
  return { ...service, spec: { ...spec, type: 'ExternalName', externalName } };
}

const byService = serviceFault<Params & { readonly service: string }>((service, { externalName }) => leadingElsewhere(service, externalName));

const ofService: FaultOn<KubernetesTarget, Params & { readonly service: string }, ServiceBefore> = {
  ...byService,
  /** Only a program that asks the cluster's name server can tell where the name leads. */
  async verify({ target, before }, given) {
    const current = (await target.api.read(serviceRef(given))) as Service | undefined;
    if (current?.spec.type !== 'ExternalName') return { symptom: 'absent', findings: [`Service ${given.service} is of the type ${current?.spec.type ?? 'none'}`] };
    return { symptom: 'unverifiable', findings: [`Service ${given.service} leads to ${given.externalName}; ${before.endpoints} pods were behind it`, 'the API server resolves no names: look at what its callers log'] };
  },
};

type Before = TemplateBefore | ServiceBefore;

/** What is done for these parameters: the schema lets exactly one of the two through. */
function chosen(given: Params): FaultOn<KubernetesTarget, Params, Before> {
  return (given.service === undefined ? ofPods : ofService) as unknown as FaultOn<KubernetesTarget, Params, Before>;
}

/** Parameters of {@link dnsMisdirection}. */
export type DnsMisdirectionParams = Unchanged<z.input<typeof params>>;

/** Lets names be asked for where nobody answers, or lets one name lead elsewhere. */
export const dnsMisdirection = defineFault({
  id: 'dns-misdirection',
  title: 'Names that lead nowhere',
  params,
  provable: 'runtime',
  symptom: 'Callers log that names can’t be resolved (EAI_AGAIN, ENOTFOUND) in kubernetes-*; in apache-*, http.response.status_code 500 and a growing event.duration_us, which stops at the resolver’s timeout.',
  targets: {
    kubernetes: {
      accesses: (given) => chosen(given).accesses?.(given) ?? [],
      observe: (target, given) => chosen(given).observe(target, given),
      plan: (before: Before, given) => chosen(given).plan(before, given),
      blastRadius: (before, given) => chosen(given).blastRadius(before, given),
      inject: (run, given) => chosen(given).inject(run, given),
      verify: (run, given) => chosen(given).verify(run, given),
      changedSince: (run, given) => chosen(given).changedSince(run, given),
      revert: (run, given) => chosen(given).revert(run, given),
      restored: (run, given) => chosen(given).restored(run, given),
    },
  },
});
