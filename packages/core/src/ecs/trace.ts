// Generated from @elastic/ecs 9.4.0 by "npm run fields". Do not edit. See NOTICE.
import { keyword } from '../fields/builders.ts';
import { fieldSet } from './fieldSet.ts';

/** The ECS fields below `trace`. */
export const trace = /* @__PURE__ */ fieldSet(() => ({
  'trace.id': keyword(),
}));
