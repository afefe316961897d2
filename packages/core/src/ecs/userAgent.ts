// Generated from @elastic/ecs 9.4.0 by "npm run fields". Do not edit. See NOTICE.
import { keyword, matchOnlyText } from '../fields/builders.ts';
import { fieldSet } from './fieldSet.ts';

/** The ECS fields below `user_agent`. */
export const userAgent = /* @__PURE__ */ fieldSet(() => ({
  'user_agent.device.name': keyword(),
  'user_agent.name': keyword(),
  'user_agent.original': keyword({ fields: { text: matchOnlyText() } }),
  'user_agent.os.family': keyword(),
  'user_agent.os.full': keyword({ fields: { text: matchOnlyText() } }),
  'user_agent.os.kernel': keyword(),
  'user_agent.os.name': keyword({ fields: { text: matchOnlyText() } }),
  'user_agent.os.platform': keyword(),
  'user_agent.os.type': keyword(),
  'user_agent.os.version': keyword(),
  'user_agent.version': keyword(),
}));
