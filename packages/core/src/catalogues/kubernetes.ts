import { date, defineFields, type DocumentOf, integer, keyword, text } from '../index.ts';
import { kubernetesOrigin } from './kubernetesOrigin.ts';

/** One workload event: Scheduled, FailedScheduling, ScalingReplicaSet, Killing, Started… */
export const kubernetesFields = defineFields({
  ...kubernetesOrigin,
  '@timestamp': date({ required: true }),
  message: text({ required: true }),
  'kubernetes.event.type': keyword({ required: true }),
  'kubernetes.event.reason': keyword({ required: true }),
  'kubernetes.event.involved_object.kind': keyword(),
  'kubernetes.event.involved_object.name': keyword(),
  'kubernetes.event.count': integer(),
});
/** A workload event, as a document. */
export type KubernetesDocument = DocumentOf<typeof kubernetesFields>;
