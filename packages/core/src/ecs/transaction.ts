// Generated from @elastic/ecs 9.4.0 by "npm run fields". Do not edit. See NOTICE.
import { keyword } from '../fields/builders.ts';
import { fieldSet } from './fieldSet.ts';

/** The ECS fields below `transaction`. */
export const transaction = /* @__PURE__ */ fieldSet(() => ({
  'transaction.id': keyword(),
}));
