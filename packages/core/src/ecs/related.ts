// Generated from @elastic/ecs 9.4.0 by "npm run fields". Do not edit. See NOTICE.
import { ip, keyword } from '../fields/builders.ts';
import { fieldSet } from './fieldSet.ts';

/** The ECS fields below `related`. */
export const related = /* @__PURE__ */ fieldSet(() => ({
  'related.hash': keyword(),
  'related.hosts': keyword(),
  'related.ip': ip({ many: true }),
  'related.user': keyword(),
}));
