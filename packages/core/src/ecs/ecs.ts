// Generated from @elastic/ecs 9.4.0 by "npm run fields". Do not edit. See NOTICE.
import { keyword } from '../fields/builders.ts';
import { fieldSet } from './fieldSet.ts';

/** The ECS fields below `ecs`. */
export const ecs = /* @__PURE__ */ fieldSet(() => ({
  'ecs.version': keyword({ required: true }),
}));
