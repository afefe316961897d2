import type { KubeObject } from '../objects.ts';
import { EBS_PROVISIONER, PROVISIONER, STORAGE_CLASS } from './stages.ts';

/** The default class: claims are bound at once. Its driver is acted by kwok's rules, the rest is real; see {@link stages}. */
export const storageObjects: readonly KubeObject[] = [
  {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: STORAGE_CLASS, annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    provisioner: PROVISIONER,
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'Immediate',
  },
  // Without it, the controller would wait for somebody to attach the volumes to nodes.
  ...[PROVISIONER, EBS_PROVISIONER].map((name) => ({ apiVersion: 'storage.k8s.io/v1', kind: 'CSIDriver', metadata: { name }, spec: { attachRequired: false } })),
];
