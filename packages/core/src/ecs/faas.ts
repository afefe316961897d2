// Generated from @elastic/ecs 9.4.0 by "npm run fields". Do not edit. See NOTICE.
import { boolean, keyword } from '../fields/builders.ts';
import { fieldSet } from './fieldSet.ts';

/** The ECS fields below `faas`. */
export const faas = /* @__PURE__ */ fieldSet(() => ({
  'faas.coldstart': boolean(),
  'faas.execution': keyword(),
  'faas.id': keyword(),
  'faas.name': keyword(),
  'faas.trigger.request_id': keyword(),
  'faas.trigger.type': keyword(),
  'faas.version': keyword(),
}));
