import { faultsOf, isFields, type Fields, type Operation, type Value } from '../models/schema.ts';
import { serviceOf, type Protocol, type Service } from '../models/services.ts';

/** What came over the wire. */
export interface WireRequest {
  readonly method: string;
  /** Path and query, as sent. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** A request with what it means. */
export interface AwsRequest extends WireRequest {
  /** The name it is signed for, which is the prefix of its actions in a policy for most services. */
  readonly service: string;
  readonly region: string;
  readonly action: string;
  readonly protocol: Protocol;
  readonly accessKeyId: string | undefined;
  /** Members by name; of the query protocols flat, as `Tags.member.1.Key`. */
  readonly input: Fields;
  readonly model: Service | undefined;
  readonly operation: Operation | undefined;
}

/** The service of a request that is not signed: only the signature says which one is meant. */
export const UNSIGNED = 'unsigned';

/** Reads service, action and input out of a request. @throws SyntaxError, URIError for what is none */
export async function readRequest(wire: WireRequest): Promise<AwsRequest> {
  const { pathname, searchParams } = new URL(wire.url, 'http://localhost');
  const credential = /Credential=([^,\s]+)/.exec(wire.headers['authorization'] ?? '')?.[1] ?? searchParams.get('X-Amz-Credential') ?? undefined;
  const [accessKeyId, , region = '', service = UNSIGNED] = (credential ?? '').split('/');
  const model = await serviceOf(service);
  const base = { ...wire, service, region, accessKeyId, model };
  const target = wire.headers['x-amz-target'];
  if (target !== undefined) {
    const action = target.split('.').at(-1) ?? '';
    return { ...base, action, protocol: 'json', input: parseJson(wire.body), operation: model?.operations.get(action) };
  }
  if (model?.protocol === 'rest') {
    const matched = matchOperation(model, wire.method, pathname);
    if (matched === undefined) return { ...base, action: `${wire.method} ${pathname}`, protocol: 'rest', input: {}, operation: undefined };
    return { ...base, action: matched.operation.name, protocol: 'rest', input: restInput(matched, searchParams, wire.body), operation: matched.operation };
  }
  const form = new URLSearchParams(wire.body.length > 0 ? wire.body.toString('utf8') : searchParams);
  const action = form.get('Action') ?? `${wire.method} ${pathname}`;
  return { ...base, action, protocol: model?.protocol === 'ec2' ? 'ec2' : 'query', input: Object.fromEntries(form), operation: model?.operations.get(action) };
}

/** What the SDK's model finds wrong with a request; of the query protocols nothing is said. */
export function faultsOfRequest({ protocol, operation, input }: AwsRequest): readonly string[] {
  return operation === undefined || protocol === 'query' || protocol === 'ec2' ? [] : faultsOf(operation.input, input);
}

function parseJson(body: Buffer): Fields {
  if (body.length === 0) return {};
  const value = JSON.parse(body.toString('utf8')) as Value;
  return isFields(value) ? value : {};
}

interface Matched {
  readonly operation: Operation;
  readonly labels: Readonly<Record<string, string>>;
}

/** The operation whose method and path fit best: one with fewer labels wins over one with more. */
function matchOperation({ operations }: Service, method: string, pathname: string): Matched | undefined {
  const found: Matched[] = [];
  for (const operation of operations.values()) {
    if (operation.http === undefined || operation.http.method !== method) continue;
    const names: string[] = [];
    const path = operation.http.path.split('?')[0] ?? '';
    const pattern = path.replaceAll(/[.*^$()|[\]\\]/g, '\\$&').replaceAll(/\{(\w+)(\+?)\}/g, (_, name: string, greedy: string) => {
      names.push(name);
      return greedy === '+' ? '(.+)' : '([^/]+)';
    });
    const match = new RegExp(`^${pattern}/?$`).exec(pathname);
    if (match === null) continue;
    found.push({ operation, labels: Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(match[index + 1] ?? '')])) });
  }
  return found.sort((one, other) => Object.keys(one.labels).length - Object.keys(other.labels).length)[0];
}

function restInput({ operation, labels }: Matched, query: URLSearchParams, body: Buffer): Fields {
  const input: Record<string, Value> = {};
  const fromBody = parseJson(body);
  for (const [name, member] of operation.input.structIterator()) {
    const traits = member.getMergedTraits();
    if (traits.httpLabel) input[name] = labels[name];
    else if (traits.httpQuery !== undefined) {
      const values = query.getAll(traits.httpQuery);
      if (values.length > 0) input[name] = member.isListSchema() ? values : member.isNumericSchema() ? Number(values[0]) : member.isBooleanSchema() ? values[0] === 'true' : values[0];
    } else if (traits.jsonName !== undefined && fromBody[traits.jsonName] !== undefined) input[name] = fromBody[traits.jsonName];
  }
  return { ...fromBody, ...input };
}
