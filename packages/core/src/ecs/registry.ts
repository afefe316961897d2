// Generated from @elastic/ecs 9.4.0 by "npm run fields". Do not edit. See NOTICE.
import { keyword, wildcard } from '../fields/builders.ts';
import { fieldSet } from './fieldSet.ts';

/** The ECS fields below `registry`. */
export const registry = /* @__PURE__ */ fieldSet(() => ({
  'registry.data.bytes': keyword(),
  'registry.data.strings': wildcard(),
  'registry.data.type': keyword(),
  'registry.hive': keyword(),
  'registry.key': keyword(),
  'registry.path': keyword(),
  'registry.value': keyword(),
}));
