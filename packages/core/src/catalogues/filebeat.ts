import { date, defineFields, type DocumentOf, keyword, long, text } from '../index.ts';
import { kubernetesOrigin } from './kubernetesOrigin.ts';

/** One line of a node's or the supervisor's log, or of a container that is no web pod. */
export const filebeatFields = defineFields({
  ...kubernetesOrigin,
  '@timestamp': date({ required: true }),
  message: text({ required: true }),
  'log.level': keyword(),
  'log.file.path': keyword(),
  'log.offset': long(),
  /** `stdout` or `stderr` for containers. */
  stream: keyword(),
  'host.name': keyword(),
  'process.name': keyword(),
});
/** A line of any other log, as a document. */
export type FilebeatDocument = DocumentOf<typeof filebeatFields>;
