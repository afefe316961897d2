// Generated from @elastic/ecs 9.4.0 by "npm run fields". Do not edit. See NOTICE.
import { keyword } from '../fields/builders.ts';
import { fieldSet } from './fieldSet.ts';

/** The ECS fields below `group`. */
export const group = /* @__PURE__ */ fieldSet(() => ({
  'group.domain': keyword(),
  'group.id': keyword(),
  'group.name': keyword(),
}));
