// Generated from @elastic/ecs 9.4.0 by "npm run fields". Do not edit. See NOTICE.
import { keyword, matchOnlyText } from '../fields/builders.ts';
import { fieldSet } from './fieldSet.ts';

/** The ECS fields below `organization`. */
export const organization = /* @__PURE__ */ fieldSet(() => ({
  'organization.id': keyword(),
  'organization.name': keyword({ fields: { text: matchOnlyText() } }),
}));
