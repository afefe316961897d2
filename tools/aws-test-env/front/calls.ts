import type { Fields, Value } from '../models/schema.ts';
import type { AwsRequest } from './request.ts';

/** A call as it was made. */
export interface RecordedCall {
  /** The name that the request is signed for, such as `es`; for most services the prefix of its actions in a policy. */
  readonly service: string;
  readonly action: string;
  readonly region: string;
  /** Names, ids and ARNs in the request. */
  readonly resources: readonly string[];
  /** The request's members; of the query protocols flat, as `Tags.member.1.Key`. */
  readonly input: Fields;
  /** Who signed it. */
  readonly accessKeyId: string | undefined;
  /** The code of the error that was answered. */
  readonly error?: string | undefined;
  /** The status of the answer; undefined when the connection was cut. */
  readonly status: number | undefined;
  readonly at: Date;
}

const NAMES = /(?:name|names|arn|arns|id|ids|identifier)$/i;
/** What only looks like the name of a resource. */
const NO_NAMES = /^(?:clientRequestToken|ClientToken|RequestId|AccessKeyId|.*Filter.*|.*Tag.*)$/i;

/** Names, ids and ARNs in a request. */
export function resourcesOf(input: Fields): readonly string[] {
  const found = new Set<string>();
  const walk = (key: string, value: Value): void => {
    if (typeof value === 'string') {
      if (NAMES.test(key.replace(/(?:\.member)?\.\d+$/, '').split('.').at(-1) ?? '') && !NO_NAMES.test(key.split('.')[0] ?? '')) found.add(value);
    } else if (Array.isArray(value)) value.forEach((each: Value) => walk(key, each));
    else if (typeof value === 'object' && value !== null && !(value instanceof Date) && !(value instanceof Uint8Array)) {
      for (const [name, each] of Object.entries(value)) walk(name, each);
    }
  };
  for (const [name, value] of Object.entries(input)) walk(name, value);
  return [...found];
}

/** Keeps what was called. */
export function createCalls(): { readonly all: () => readonly RecordedCall[]; readonly add: (request: AwsRequest, outcome: Pick<RecordedCall, 'error' | 'status'>) => void; readonly clear: () => void } {
  let calls: RecordedCall[] = [];
  return {
    all: () => [...calls],
    add({ service, action, region, input, accessKeyId }, { error, status }) {
      calls.push({ service, action, region, resources: resourcesOf(input), input, accessKeyId, ...(error === undefined ? {} : { error }), status, at: new Date() });
    },
    clear: () => void (calls = []),
  };
}
