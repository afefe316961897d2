export { connectKubernetes, kubernetesApi } from './api/api.ts';
export { accessText, ruleText } from './api/forbidden.ts';
export { forwardPort, forwardService } from './api/forward.ts';
export type { Forward, ForwardOptions } from './api/forward.ts';
export { accessesOf, groupOf, pluralOf, refOf, titleOf } from './api/refs.ts';
export type { Access, ApiRequest, ApiResponse, ConnectOptions, KubernetesApi, KubernetesObject, ObjectMetadata, ObjectRef, ObjectToWrite, Selection, WatchEvent, WatchOptions, WriteOptions, Written } from './api/types.ts';
