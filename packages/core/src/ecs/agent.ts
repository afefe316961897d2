// Generated from @elastic/ecs 9.4.0 by "npm run fields". Do not edit. See NOTICE.
import { keyword } from '../fields/builders.ts';
import { fieldSet } from './fieldSet.ts';

/** The ECS fields below `agent`. */
export const agent = /* @__PURE__ */ fieldSet(() => ({
  'agent.build.original': keyword(),
  'agent.ephemeral_id': keyword(),
  'agent.id': keyword(),
  'agent.name': keyword(),
  'agent.type': keyword(),
  'agent.version': keyword(),
}));
