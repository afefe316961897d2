// Generated from @elastic/ecs 9.4.0 by "npm run fields". Do not edit. See NOTICE.
import { boolean, keyword, long } from '../fields/builders.ts';
import { fieldSet } from './fieldSet.ts';

/** The ECS fields below `volume`. */
export const volume = /* @__PURE__ */ fieldSet(() => ({
  'volume.bus_type': keyword(),
  'volume.default_access': keyword(),
  'volume.device_name': keyword(),
  'volume.device_type': keyword(),
  'volume.dos_name': keyword(),
  'volume.file_system_type': keyword(),
  'volume.mount_name': keyword(),
  'volume.nt_name': keyword(),
  'volume.product_id': keyword(),
  'volume.product_name': keyword(),
  'volume.removable': boolean(),
  'volume.serial_number': keyword(),
  'volume.size': long(),
  'volume.vendor_id': keyword(),
  'volume.vendor_name': keyword(),
  'volume.writable': boolean(),
}));
