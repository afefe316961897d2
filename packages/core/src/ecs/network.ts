// Generated from @elastic/ecs 9.4.0 by "npm run fields". Do not edit. See NOTICE.
import { ip, keyword, long } from '../fields/builders.ts';
import { fieldSet } from './fieldSet.ts';

/** The ECS fields below `network`. */
export const network = /* @__PURE__ */ fieldSet(() => ({
  'network.application': keyword(),
  'network.bytes': long(),
  'network.community_id': keyword(),
  'network.direction': keyword(),
  'network.forwarded_ip': ip(),
  'network.iana_number': keyword(),
  'network.inner.vlan.id': keyword(),
  'network.inner.vlan.name': keyword(),
  'network.name': keyword(),
  'network.packets': long(),
  'network.protocol': keyword(),
  'network.transport': keyword(),
  'network.type': keyword(),
  'network.vlan.id': keyword(),
  'network.vlan.name': keyword(),
}));
