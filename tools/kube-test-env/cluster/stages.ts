/**
 * What kwok does in the place of kubelets, and of the driver that provisions volumes: rules that say which object comes into which
 * state next. The grammar is kwok's own (its pkg/apis/v1alpha1/stage_types.go); the templates are Go's, over the object.
 */

/** A rule of kwok. */
export interface Stage {
  readonly apiVersion: 'kwok.x-k8s.io/v1alpha1';
  readonly kind: 'Stage';
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly resourceRef: { readonly apiGroup: 'v1'; readonly kind: 'Node' | 'Pod' | 'PersistentVolume' | 'PersistentVolumeClaim' };
    readonly selector: { readonly matchExpressions: readonly Match[] };
    readonly steps: readonly Step[];
  };
}

type Match = { readonly key: string; readonly operator: 'Exists' | 'DoesNotExist' } | { readonly key: string; readonly operator: 'In' | 'NotIn'; readonly values: readonly string[] };
type Step = { readonly patch: { readonly subresource?: 'status'; readonly root: string; readonly template: string } } | { readonly apply: { readonly template: string } } | { readonly delete: true };

const stage = (name: string, kind: Stage['spec']['resourceRef']['kind'], matchExpressions: readonly Match[], steps: readonly Step[]): Stage => ({
  apiVersion: 'kwok.x-k8s.io/v1alpha1',
  kind: 'Stage',
  metadata: { name },
  spec: { resourceRef: { apiGroup: 'v1', kind }, selector: { matchExpressions }, steps },
});

const status = (template: string): Step => ({ patch: { subresource: 'status', root: 'status', template } });

const ALIVE: Match = { key: '.metadata.deletionTimestamp', operator: 'DoesNotExist' };
const READY = '.status.conditions.[] | select( .type == "Ready" ) | .status';

/** The annotation by which a test says that a container's program, which it runs itself, ended, and with which exit code. */
export const EXIT_CODE = 'podscope.test/exit-code';

/** The class of volumes that are provisioned here, and who claims to be their driver. */
export const STORAGE_CLASS = 'standard';
export const PROVISIONER = 'acted.podscope.test';
/** The driver of EBS, acted as well: for classes that name it, as those of EKS do. */
export const EBS_PROVISIONER = 'ebs.csi.aws.com';

const nodeReady = stage('node-ready', 'Node', [ALIVE, { key: READY, operator: 'NotIn', values: ['True'] }], [
  status(`
{{ $now := Now }}
phase: Running
conditions:
{{ range NodeConditions }}
- { type: {{ .type | Quote }}, status: {{ .status | Quote }}, reason: {{ .reason | Quote }}, message: {{ .message | Quote }}, lastHeartbeatTime: {{ $now | Quote }}, lastTransitionTime: {{ $now | Quote }} }
{{ end }}`),
]);

/** As soon as a pod has a node: init containers done, containers running and ready, whatever their images and probes are. */
const podReady = stage('pod-ready', 'Pod', [ALIVE, { key: '.spec.nodeName', operator: 'Exists' }, { key: '.status.phase', operator: 'In', values: ['Pending'] }], [
  status(`
{{ $now := Now }}
{{ $ips := PodIPsWith .spec.nodeName ( or .spec.hostNetwork false ) ( or .metadata.uid "" ) ( or .metadata.name "" ) ( or .metadata.namespace "" ) }}
phase: Running
startTime: {{ $now | Quote }}
hostIP: "127.0.0.1"
hostIPs: [{ ip: "127.0.0.1" }]
{{ with $ips }}
podIP: {{ index . 0 | Quote }}
podIPs: [{ ip: {{ index . 0 | Quote }} }]
{{ end }}
conditions:
- { type: PodReadyToStartContainers, status: "True", lastTransitionTime: {{ $now | Quote }} }
- { type: Initialized, status: "True", lastTransitionTime: {{ $now | Quote }} }
- { type: ContainersReady, status: "True", lastTransitionTime: {{ $now | Quote }} }
- { type: Ready, status: "True", lastTransitionTime: {{ $now | Quote }} }
initContainerStatuses:
{{ range .spec.initContainers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  imageID: ""
  restartCount: 0
  ready: true
  {{ if eq ( or .restartPolicy "" ) "Always" }}
  started: true
  state: { running: { startedAt: {{ $now | Quote }} } }
  {{ else }}
  started: false
  state: { terminated: { exitCode: 0, reason: Completed, startedAt: {{ $now | Quote }}, finishedAt: {{ $now | Quote }} } }
  {{ end }}
{{ end }}
containerStatuses:
{{ range .spec.containers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  imageID: ""
  restartCount: 0
  ready: true
  started: true
  state: { running: { startedAt: {{ $now | Quote }} } }
{{ end }}`),
]);

const ended = (exitCode: string, phase: string): Step =>
  status(`
{{ $now := Now }}
phase: ${phase}
conditions:
- { type: ContainersReady, status: "False", reason: PodCompleted, lastTransitionTime: {{ $now | Quote }} }
- { type: Ready, status: "False", reason: PodCompleted, lastTransitionTime: {{ $now | Quote }} }
containerStatuses:
{{ range .spec.containers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  imageID: ""
  restartCount: 0
  ready: false
  started: false
  state: { terminated: { exitCode: ${exitCode}, reason: ${phase === 'Failed' ? 'Error' : 'Completed'}, startedAt: {{ $now | Quote }}, finishedAt: {{ $now | Quote }} } }
{{ end }}`);

const RUNNING: Match = { key: '.status.phase', operator: 'In', values: ['Running'] };
const OF_A_JOB: Match = { key: '.metadata.ownerReferences.[].kind', operator: 'In', values: ['Job'] };
const exitCode = `.metadata.annotations["${EXIT_CODE}"]`;

/** At once, as if the program had nothing to do. */
const jobDone = stage('pod-complete', 'Pod', [ALIVE, RUNNING, OF_A_JOB], [ended('0', 'Succeeded')]);

/** When a test that ran the program says so. */
const programDone = [
  stage('pod-succeeded', 'Pod', [ALIVE, RUNNING, { key: exitCode, operator: 'In', values: ['0'] }], [ended('0', 'Succeeded')]),
  stage('pod-failed', 'Pod', [ALIVE, RUNNING, { key: exitCode, operator: 'Exists' }, { key: exitCode, operator: 'NotIn', values: ['0'] }], [
    ended(`{{ index $.metadata.annotations ${JSON.stringify(EXIT_CODE)} }}`, 'Failed'),
  ]),
];

/** No program has to end first: a pod that is deleted is gone. */
const podDelete = stage('pod-delete', 'Pod', [{ key: '.metadata.deletionTimestamp', operator: 'Exists' }], [{ delete: true }]);

/**
 * The driver's part alone: it makes a volume for a claim that the volume controller has handed to it, and takes away a volume that was
 * released. Binding the two, protecting them while they are used, and releasing is done by the real controllers. There is no disk.
 */
const volumes = [
  stage(
    'volume-provision',
    'PersistentVolumeClaim',
    [
      ALIVE,
      { key: '.metadata.annotations["volume.kubernetes.io/storage-provisioner"]', operator: 'In', values: [PROVISIONER, EBS_PROVISIONER] },
      { key: '.spec.volumeName', operator: 'DoesNotExist' },
      { key: '.status.phase', operator: 'In', values: ['Pending'] },
    ],
    [
      {
        apply: {
          template: `
apiVersion: v1
kind: PersistentVolume
metadata:
  name: pvc-{{ .metadata.uid }}
  annotations: { pv.kubernetes.io/provisioned-by: ${PROVISIONER} }
spec:
  accessModes: {{ .spec.accessModes | toJson }}
  capacity: { storage: {{ .spec.resources.requests.storage | Quote }} }
  persistentVolumeReclaimPolicy: Delete
  storageClassName: {{ .spec.storageClassName | Quote }}
  volumeMode: {{ or .spec.volumeMode "Filesystem" }}
  claimRef: { apiVersion: v1, kind: PersistentVolumeClaim, namespace: {{ .metadata.namespace | Quote }}, name: {{ .metadata.name | Quote }}, uid: {{ .metadata.uid | Quote }} }
  csi: { driver: ${PROVISIONER}, volumeHandle: {{ .metadata.uid | Quote }} }`,
        },
      },
    ],
  ),
  stage(
    'volume-delete',
    'PersistentVolume',
    [ALIVE, { key: '.metadata.annotations["pv.kubernetes.io/provisioned-by"]', operator: 'In', values: [PROVISIONER, EBS_PROVISIONER] }, { key: '.status.phase', operator: 'In', values: ['Released'] }],
    [{ delete: true }],
  ),
];

/**
 * The rules of a cluster.
 *
 * @param jobs - `complete`: a Job's pod is done as soon as it runs. `run`: it runs until a test says otherwise, see {@link EXIT_CODE}.
 */
export function stages(jobs: 'complete' | 'run'): readonly Stage[] {
  return [nodeReady, podReady, ...(jobs === 'complete' ? [jobDone] : []), ...programDone, podDelete, ...volumes];
}
