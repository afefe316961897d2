import { isFields, type Fields } from '../models/schema.ts';
import { AwsRefusal } from './answer.ts';
import type { AwsRequest } from './request.ts';

/** Fewer than any service gives at a time: who takes the first page for all is found out. */
const PAGE = 25;
const PREFIX = 'stand-in-page-';

/**
 * One page of what the stand-in answers, where the service answers in pages: its model has a token in the request and the answer, and
 * one list.
 *
 * @throws AwsRefusal `ValidationException` for a token that was never given
 */
export function pageOf({ operation, input }: Pick<AwsRequest, 'operation' | 'input'>, output: Fields): Fields {
  if (operation === undefined) return output;
  const members = operation.output.getMemberSchemas();
  const token = ['nextToken', 'NextToken'].find((name) => members[name] !== undefined && operation.input.getMemberSchemas()[name] !== undefined);
  const [list, ...others] = Object.entries(members).filter(([, schema]) => schema.isListSchema());
  const items = list === undefined ? undefined : output[list[0]];
  if (token === undefined || list === undefined || others.length > 0 || !Array.isArray(items)) return output;
  const from = startOf(input[token]);
  const size = Math.min(PAGE, Number(input['maxResults'] ?? input['MaxResults'] ?? PAGE));
  const { [token]: _, ...rest } = output;
  return { ...rest, [list[0]]: items.slice(from, from + size), ...(from + size < items.length ? { [token]: `${PREFIX}${from + size}` } : {}) };
}

function startOf(token: Fields[string]): number {
  if (token === undefined || token === null || token === '') return 0;
  const start = typeof token === 'string' && token.startsWith(PREFIX) ? Number(token.slice(PREFIX.length)) : Number.NaN;
  if (!Number.isInteger(start)) throw new AwsRefusal('ValidationException', `The token ${isFields(token) ? '' : String(token)} is not valid.`);
  return start;
}
