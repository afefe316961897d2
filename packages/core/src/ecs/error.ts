// Generated from @elastic/ecs 9.4.0 by "npm run fields". Do not edit. See NOTICE.
import { keyword, matchOnlyText, wildcard } from '../fields/builders.ts';
import { fieldSet } from './fieldSet.ts';

/** The ECS fields below `error`. */
export const error = /* @__PURE__ */ fieldSet(() => ({
  'error.code': keyword(),
  'error.id': keyword(),
  'error.message': matchOnlyText(),
  'error.stack_trace': wildcard({ fields: { text: matchOnlyText() } }),
  'error.type': keyword(),
}));
