// Generated from @elastic/ecs 9.4.0 by "npm run fields". Do not edit. See NOTICE.
import { constantKeyword } from '../fields/builders.ts';
import { fieldSet } from './fieldSet.ts';

/** The ECS fields below `data_stream`. */
export const dataStream = /* @__PURE__ */ fieldSet(() => ({
  'data_stream.dataset': constantKeyword(),
  'data_stream.namespace': constantKeyword(),
  'data_stream.type': constantKeyword(),
}));
