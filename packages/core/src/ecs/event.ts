// Generated from @elastic/ecs 9.4.0 by "npm run fields". Do not edit. See NOTICE.
import { date, float, keyword, long } from '../fields/builders.ts';
import { fieldSet } from './fieldSet.ts';

/** The ECS fields below `event`. */
export const event = /* @__PURE__ */ fieldSet(() => ({
  'event.action': keyword(),
  'event.agent_id_status': keyword(),
  'event.category': keyword(),
  'event.code': keyword(),
  'event.created': date(),
  'event.dataset': keyword(),
  'event.duration': long(),
  'event.end': date(),
  'event.hash': keyword(),
  'event.id': keyword(),
  'event.ingested': date(),
  'event.kind': keyword(),
  'event.module': keyword(),
  'event.original': keyword({ parameters: { index: false, doc_values: false } }),
  'event.outcome': keyword(),
  'event.provider': keyword(),
  'event.reason': keyword(),
  'event.reference': keyword(),
  'event.risk_score': float(),
  'event.risk_score_norm': float(),
  'event.sequence': long(),
  'event.severity': long(),
  'event.start': date(),
  'event.timezone': keyword(),
  'event.type': keyword(),
  'event.url': keyword({ parameters: { ignore_above: 2083 } }),
}));
