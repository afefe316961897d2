// Generated from @elastic/ecs 9.4.0 by "npm run fields". Do not edit. See NOTICE.
import { date, keyword, matchOnlyText, object } from '../fields/builders.ts';
import { fieldSet } from './fieldSet.ts';

/** The ECS fields at the top of a document. */
export const base = /* @__PURE__ */ fieldSet(() => ({
  '@timestamp': date({ required: true }),
  labels: object(),
  message: matchOnlyText(),
  tags: keyword(),
}));
