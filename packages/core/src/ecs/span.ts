// Generated from @elastic/ecs 9.4.0 by "npm run fields". Do not edit. See NOTICE.
import { keyword } from '../fields/builders.ts';
import { fieldSet } from './fieldSet.ts';

/** The ECS fields below `span`. */
export const span = /* @__PURE__ */ fieldSet(() => ({
  'span.id': keyword(),
}));
