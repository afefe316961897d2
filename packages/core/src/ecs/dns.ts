// Generated from @elastic/ecs 9.4.0 by "npm run fields". Do not edit. See NOTICE.
import { ip, keyword, long, object } from '../fields/builders.ts';
import { fieldSet } from './fieldSet.ts';

/** The ECS fields below `dns`. */
export const dns = /* @__PURE__ */ fieldSet(() => ({
  'dns.answers': object({ many: true }),
  'dns.answers.class': keyword(),
  'dns.answers.data': keyword(),
  'dns.answers.name': keyword(),
  'dns.answers.ttl': long(),
  'dns.answers.type': keyword(),
  'dns.header_flags': keyword(),
  'dns.id': keyword(),
  'dns.op_code': keyword(),
  'dns.question.class': keyword(),
  'dns.question.name': keyword(),
  'dns.question.registered_domain': keyword(),
  'dns.question.subdomain': keyword(),
  'dns.question.top_level_domain': keyword(),
  'dns.question.type': keyword(),
  'dns.resolved_ip': ip({ many: true }),
  'dns.response_code': keyword(),
  'dns.type': keyword(),
}));
