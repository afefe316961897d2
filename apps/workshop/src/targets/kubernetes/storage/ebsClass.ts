import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-33';
import type { Construct } from 'constructs';
import type { EbsClass } from '../options.ts';

/**
 * A class of encrypted gp3 volumes, made where their pod is: EKS has had no default class since Kubernetes 1.30. The parameters of a class
 * can't be changed, so it carries only what stays the same for an event.
 *
 * Source: kubernetes-sigs/aws-ebs-csi-driver, docs/parameters.md (`tagSpecification_*`).
 */
export class EbsChart extends Chart {
  constructor(scope: Construct, id: string, { name, tags }: EbsClass) {
    super(scope, id, { disableResourceNameHashes: true });
    const specifications = Object.entries(tags).map(([key, value], index) => [`tagSpecification_${index + 1}`, `${key}=${value}`] as const);
    new k8s.KubeStorageClass(this, 'class', {
      metadata: { name, labels: { 'app.kubernetes.io/part-of': 'podscope' } },
      provisioner: 'ebs.csi.aws.com',
      parameters: { type: 'gp3', encrypted: 'true', 'csi.storage.k8s.io/fstype': 'ext4', ...Object.fromEntries(specifications) },
      volumeBindingMode: 'WaitForFirstConsumer',
      reclaimPolicy: 'Delete',
      allowVolumeExpansion: true,
    });
  }
}
