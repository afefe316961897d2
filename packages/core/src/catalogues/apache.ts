import { date, defineFields, type DocumentOf, integer, ip, keyword, long, short, text } from '../index.ts';
import { kubernetesOrigin } from './kubernetesOrigin.ts';

/** One line of a web pod's Apache access or error log. */
export const apacheFields = defineFields({
  ...kubernetesOrigin,
  '@timestamp': date({ required: true }),
  message: text({ required: true }),
  /** `access`, `error`, or `unparsed` where the line is neither. */
  'event.dataset': keyword({ required: true }),
  'log.level': keyword(),
  'log.file.path': keyword(),
  /** Byte offset of the line's start in its file. */
  'log.offset': long(),
  'source.ip': ip(),
  'user.name': keyword(),
  'http.version': keyword(),
  'http.request.method': keyword(),
  'http.request.referrer': keyword(),
  'http.response.status_code': short(),
  'http.response.bytes': long(),
  'url.path': keyword(),
  'url.query': keyword(),
  'user_agent.original': text({ fields: { keyword: keyword() } }),
  /** Time to answer, microseconds. */
  'event.duration_us': integer(),
});
/** A line of an access or error log, as a document. */
export type ApacheDocument = DocumentOf<typeof apacheFields>;
