import type { KubernetesObject } from '@podscope/fault-injectors/kubernetes';

/** A warning of a controller, the scheduler or a kubelet about an object. */
export interface EventView {
  readonly namespace: string;
  /** About which object, as `<kind> <name>`. */
  readonly about: string;
  readonly uid: string;
  readonly reason: string;
  readonly message: string;
  /** When it was told last, in milliseconds of the epoch. */
  readonly at: number;
}

interface Event extends KubernetesObject {
  readonly involvedObject?: { readonly kind?: string; readonly name?: string; readonly uid?: string };
  readonly reason?: string;
  readonly message?: string;
  readonly lastTimestamp?: string | null;
  readonly eventTime?: string | null;
  readonly series?: { readonly lastObservedTime?: string };
}

/** What is kept of an event of `v1`. */
export function eventView(object: KubernetesObject): EventView {
  const { metadata, involvedObject = {}, reason = '', message = '', lastTimestamp, eventTime, series } = object as Event;
  return {
    namespace: metadata.namespace ?? '',
    about: `${involvedObject.kind ?? ''} ${involvedObject.name ?? ''}`,
    uid: involvedObject.uid ?? '',
    reason,
    message,
    at: Date.parse(series?.lastObservedTime ?? lastTimestamp ?? eventTime ?? metadata.creationTimestamp ?? '') || 0,
  };
}
