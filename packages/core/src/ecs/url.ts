// Generated from @elastic/ecs 9.4.0 by "npm run fields". Do not edit. See NOTICE.
import { keyword, long, matchOnlyText, wildcard } from '../fields/builders.ts';
import { fieldSet } from './fieldSet.ts';

/** The ECS fields below `url`. */
export const url = /* @__PURE__ */ fieldSet(() => ({
  'url.domain': keyword(),
  'url.extension': keyword(),
  'url.fragment': keyword(),
  'url.full': wildcard({ fields: { text: matchOnlyText() } }),
  'url.original': wildcard({ fields: { text: matchOnlyText() } }),
  'url.password': keyword(),
  'url.path': wildcard(),
  'url.port': long(),
  'url.query': keyword({ parameters: { ignore_above: 2083 } }),
  'url.registered_domain': keyword(),
  'url.scheme': keyword(),
  'url.subdomain': keyword(),
  'url.top_level_domain': keyword(),
  'url.username': keyword(),
}));
