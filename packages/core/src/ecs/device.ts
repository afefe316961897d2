// Generated from @elastic/ecs 9.4.0 by "npm run fields". Do not edit. See NOTICE.
import { keyword } from '../fields/builders.ts';
import { fieldSet } from './fieldSet.ts';

/** The ECS fields below `device`. */
export const device = /* @__PURE__ */ fieldSet(() => ({
  'device.id': keyword(),
  'device.manufacturer': keyword(),
  'device.model.identifier': keyword(),
  'device.model.name': keyword(),
  'device.product.id': keyword(),
  'device.product.name': keyword(),
  'device.serial_number': keyword(),
  'device.type': keyword(),
  'device.vendor.id': keyword(),
  'device.vendor.name': keyword(),
}));
