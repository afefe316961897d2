// Generated from @elastic/ecs 9.4.0 by "npm run fields". Do not edit. See NOTICE.
import { keyword, long, matchOnlyText, wildcard } from '../fields/builders.ts';
import { fieldSet } from './fieldSet.ts';

/** The ECS fields below `http`. */
export const http = /* @__PURE__ */ fieldSet(() => ({
  'http.request.body.bytes': long(),
  'http.request.body.content': wildcard({ fields: { text: matchOnlyText() } }),
  'http.request.bytes': long(),
  'http.request.id': keyword(),
  'http.request.method': keyword(),
  'http.request.mime_type': keyword(),
  'http.request.referrer': keyword(),
  'http.response.body.bytes': long(),
  'http.response.body.content': wildcard({ fields: { text: matchOnlyText() } }),
  'http.response.bytes': long(),
  'http.response.mime_type': keyword(),
  'http.response.status_code': long(),
  'http.version': keyword(),
}));
