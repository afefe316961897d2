import { randomUUID } from 'node:crypto';
import type { NormalizedSchema } from '@smithy/core/schema';
import { faultsOf, isFields, type Fields, type Value } from '../models/schema.ts';
import type { Protocol } from '../models/services.ts';
import type { AwsRequest } from './request.ts';

/** What goes back over the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** An error as a service answers it. */
export interface AwsError {
  readonly code: string;
  readonly message: string;
  readonly status?: number | undefined;
}

/** Thrown by the stand-in: answered as the service would. */
export class AwsRefusal extends Error {
  readonly code: string;
  readonly status: number | undefined;

  constructor(code: string, message: string, status?: number) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

const STATUS: Readonly<Record<string, number>> = {
  ExpiredTokenException: 403,
  ExpiredToken: 403,
  UnrecognizedClientException: 403,
  InvalidClientTokenId: 403,
  SignatureDoesNotMatch: 403,
  MissingAuthenticationToken: 403,
  AccessDenied: 403,
  AccessDeniedException: 403,
  ServiceUnavailable: 503,
  ServiceUnavailableException: 503,
  RequestLimitExceeded: 503,
  InternalFailure: 500,
  InternalError: 500,
};

/** Writes an error in the service's own way, so that the SDK makes its own class of it. */
export function writeError({ protocol, model }: Pick<AwsRequest, 'protocol' | 'model'>, { code, message, status }: AwsError): WireAnswer {
  const shape = model?.errors.find((each) => each.name === code || each.code === code);
  const answered = status ?? shape?.status ?? STATUS[code] ?? 400;
  const onWire = shape?.code ?? code;
  const id = randomUUID();
  const text = escapeXml(message);
  if (protocol === 'ec2') return xml(answered, `<Response><Errors><Error><Code>${onWire}</Code><Message>${text}</Message></Error></Errors><RequestID>${id}</RequestID></Response>`);
  if (protocol === 'query') {
    const type = answered >= 500 ? 'Receiver' : 'Sender';
    return xml(answered, `<ErrorResponse><Error><Type>${type}</Type><Code>${onWire}</Code><Message>${text}</Message></Error><RequestId>${id}</RequestId></ErrorResponse>`);
  }
  return { status: answered, headers: { 'content-type': 'application/json', 'x-amzn-errortype': code, 'x-amzn-requestid': id }, body: JSON.stringify({ __type: code, message, Message: message }) };
}

/**
 * Writes what an operation of the stand-in answers. The SDK's own model is asked first whether the service could answer that.
 *
 * @throws Error when it could not: a fault of the stand-in
 */
export function writeAnswer({ protocol, operation, model, action, service }: AwsRequest, output: Fields): WireAnswer {
  if (operation === undefined || model === undefined) throw new Error(`The SDK has no operation ${service}:${action}.`);
  const faults = faultsOf(operation.output, output);
  if (faults.length > 0) throw new Error(`The stand-in's answer to ${service}:${action} does not fit the SDK's model: ${faults.join('; ')}.`);
  if (protocol === 'json' || protocol === 'rest') {
    return { status: operation.http?.status ?? 200, headers: { 'content-type': 'application/json', 'x-amzn-requestid': randomUUID() }, body: JSON.stringify(toJson(operation.output, output)) };
  }
  const id = `<RequestId>${randomUUID()}</RequestId>`;
  const body = membersXml(operation.output, output, protocol);
  if (protocol === 'ec2') return xml(200, `<${action}Response xmlns="${model.namespace}">${body}<requestId>${randomUUID()}</requestId></${action}Response>`);
  return xml(200, `<${action}Response xmlns="${model.namespace}"><${action}Result>${body}</${action}Result><ResponseMetadata>${id}</ResponseMetadata></${action}Response>`);
}

function xml(status: number, body: string): WireAnswer {
  return { status, headers: { 'content-type': 'text/xml' }, body: `<?xml version="1.0" encoding="UTF-8"?>${body}` };
}

function toJson(schema: NormalizedSchema, value: Value): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map((each: Value) => toJson(schema.getValueSchema(), each));
  if (!isFields(value)) return value;
  if (schema.isMapSchema()) return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, toJson(schema.getValueSchema(), each)]));
  if (!schema.isStructSchema() && !schema.isUnionSchema()) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [schema.getMemberSchema(name).getMergedTraits().jsonName ?? name, toJson(schema.getMemberSchema(name), each)]));
}

function membersXml(schema: NormalizedSchema, value: Fields, protocol: Protocol): string {
  return Object.entries(value)
    .map(([name, each]) => (each === undefined ? '' : elementXml(schema.getMemberSchema(name), name, each, protocol)))
    .join('');
}

function elementXml(schema: NormalizedSchema, name: string, value: Value, protocol: Protocol): string {
  const traits = schema.getMergedTraits();
  const tag = traits.xmlName ?? name;
  if (Array.isArray(value)) {
    const item = schema.getValueSchema();
    const itemTag = item.getMemberTraits().xmlName ?? (protocol === 'ec2' ? 'item' : 'member');
    return `<${tag}>${value.map((each: Value) => elementXml(item, itemTag, each, protocol)).join('')}</${tag}>`;
  }
  if (value instanceof Date) return `<${tag}>${value.toISOString()}</${tag}>`;
  if (isFields(value)) return `<${tag}>${membersXml(schema, value, protocol)}</${tag}>`;
  return `<${tag}>${escapeXml(String(value))}</${tag}>`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
