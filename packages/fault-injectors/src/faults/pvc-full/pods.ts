import type { ObjectToWrite } from '../../kubernetes/api/types.ts';
import { createdName } from '../../kubernetes/objects/createdObjects.ts';
import { restrictedPod } from '../../kubernetes/objects/restrictedPod.ts';

/** What the pods of this fault are told. */
export interface ClaimPods {
  readonly namespace: string;
  readonly claim: string;
  readonly image: string;
  /** How much is written at most, MiB. */
  readonly mebibytes: number;
  /** Whether it is enough to have written that much; else the volume has to be full. */
  readonly partly: boolean;
  readonly user: number | undefined;
  /** Groups that may write to the volume, as its own pods have them. */
  readonly groups: readonly number[];
  /** The node on which the volume is mounted already, where it is. */
  readonly node: string | undefined;
}

/** Where the one file is that the fault writes. */
export const fileOf = (id: string): string => `.podscope-fault-${id}`;

// What is left of the volume goes into the termination message, where the API server has it; 1 MiB is what `dd` writes at once.
const WRITE = 'dd if=/dev/zero of="/claim/$FILE" bs=1M count="$MEBIBYTES" 2>/dev/null; sync; set -- $(df -P /claim | tail -n 1); echo "$5 used, $4 KiB left" >/dev/termination-log; [ "$PARTLY" = true ] || [ "$4" -lt 1024 ]';
const CLEAN = 'rm -f "/claim/$FILE" && sync && [ ! -e "/claim/$FILE" ]';

function claimPod(id: string, part: string, script: string, pods: ClaimPods): ObjectToWrite {
  const { namespace, claim, image, mebibytes, partly, user, groups, node } = pods;
  const here = { nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [node] }] }] };
  const base = restrictedPod({
    name: createdName(id, part),
    namespace,
    image,
    command: ['sh', '-c', script],
    user,
    env: [{ name: 'FILE', value: fileOf(id) }, { name: 'MEBIBYTES', value: String(mebibytes) }, { name: 'PARTLY', value: String(partly) }],
    volumes: [{ name: 'claim', mountPath: '/claim', volume: { persistentVolumeClaim: { claimName: claim } } }],
    // Not by nodeName, which passes the scheduler by: it knows which volumes can be where.
    pod: node === undefined ? {} : { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: here } } },
  });
  const spec = base['spec'] as { readonly securityContext: object };
  // Not by fsGroup: that would change the owner of every file in the volume, for good.
  return { ...base, spec: { ...spec, securityContext: { ...spec.securityContext, ...(groups.length === 0 ? {} : { supplementalGroups: groups }) } } };
}

/** The pod that fills the claim. */
export const writer = (id: string, pods: ClaimPods): ObjectToWrite => claimPod(id, 'fill', WRITE, pods);
/** The pod that removes the file again. */
export const cleaner = (id: string, pods: ClaimPods): ObjectToWrite => claimPod(id, 'clean', CLEAN, pods);
