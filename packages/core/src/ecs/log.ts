// Generated from @elastic/ecs 9.4.0 by "npm run fields". Do not edit. See NOTICE.
import { flattened, keyword, long } from '../fields/builders.ts';
import { fieldSet } from './fieldSet.ts';

/** The ECS fields below `log`. */
export const log = /* @__PURE__ */ fieldSet(() => ({
  'log.file.path': keyword(),
  'log.level': keyword(),
  'log.logger': keyword(),
  'log.origin.file.line': long(),
  'log.origin.file.name': keyword(),
  'log.origin.function': keyword(),
  'log.syslog.appname': keyword(),
  'log.syslog.facility.code': long(),
  'log.syslog.facility.name': keyword(),
  'log.syslog.hostname': keyword(),
  'log.syslog.msgid': keyword(),
  'log.syslog.priority': long(),
  'log.syslog.procid': keyword(),
  'log.syslog.severity.code': long(),
  'log.syslog.severity.name': keyword(),
  'log.syslog.structured_data': flattened(),
  'log.syslog.version': keyword(),
}));
