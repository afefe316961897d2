// Generated from @elastic/ecs 9.4.0 by "npm run fields". Do not edit. See NOTICE.
import { date, keyword, long } from '../fields/builders.ts';
import { fieldSet } from './fieldSet.ts';

/** The ECS fields below `package`. */
export const packageFields = /* @__PURE__ */ fieldSet(() => ({
  'package.architecture': keyword(),
  'package.build_version': keyword(),
  'package.checksum': keyword(),
  'package.description': keyword(),
  'package.install_scope': keyword(),
  'package.installed': date(),
  'package.license': keyword(),
  'package.name': keyword(),
  'package.path': keyword(),
  'package.reference': keyword(),
  'package.size': long(),
  'package.type': keyword(),
  'package.version': keyword(),
}));
