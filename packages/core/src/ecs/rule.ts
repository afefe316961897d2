// Generated from @elastic/ecs 9.4.0 by "npm run fields". Do not edit. See NOTICE.
import { keyword } from '../fields/builders.ts';
import { fieldSet } from './fieldSet.ts';

/** The ECS fields below `rule`. */
export const rule = /* @__PURE__ */ fieldSet(() => ({
  'rule.author': keyword(),
  'rule.category': keyword(),
  'rule.description': keyword(),
  'rule.id': keyword(),
  'rule.license': keyword(),
  'rule.name': keyword(),
  'rule.reference': keyword(),
  'rule.ruleset': keyword(),
  'rule.uuid': keyword(),
  'rule.version': keyword(),
}));
