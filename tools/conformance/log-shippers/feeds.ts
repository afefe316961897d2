import { connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:net';
import type { FromShippers, Shipper } from '../../../packages/log-shippers/src/index.ts';
import { compressedFrame, jsonFrame, windowFrame } from '../../lumberjack/writtenFrames.ts';

/** What another shipper would send. */
const RECORD = { '@timestamp': '2026-11-24T09:22:23.001Z', message: 'one', stream: 'stdout', kubernetes: { namespace: 'guestbook', pod: { name: 'backend-1' }, container: { name: 'app' }, node: { name: 'node-1' } } };

/** Sends one record to a shipper that listens, as another would; rejects when nobody is there yet. */
export function feed({ protocol, port }: FromShippers, shipper: Shipper): Promise<void> {
  switch (protocol) {
    case 'forward':
      return sendBytes(port, Buffer.concat([Buffer.from([0x93]), pack('filebeat.sample'), Buffer.from([0xce]), seconds(), pack(RECORD)]));
    case 'beats':
      return sendBytes(port, Buffer.concat([windowFrame(1), compressedFrame(jsonFrame(1, { '@metadata': { beat: 'filebeat', type: '_doc', version: '7.17.0', _id: 'made-up' }, podscope: { family: 'filebeat' }, ...RECORD }))]));
    case 'otlp':
      // Fluent Bit sends whole documents as the bodies of records, and takes such.
      return sendOtlp(port, shipper === 'fluent-bit' ? RECORD : RECORD.message);
  }
}

function seconds(): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(Math.floor(Date.now() / 1000));
  return bytes;
}

/** MessagePack, as far as the record needs it: short texts and small maps. */
function pack(value: unknown): Buffer {
  if (typeof value === 'string') {
    const text = Buffer.from(value);
    return Buffer.concat([Buffer.from([0xd9, text.length]), text]);
  }
  const entries = Object.entries(value as object);
  return Buffer.concat([Buffer.from([0x80 | entries.length]), ...entries.flatMap(([name, each]) => [pack(name), pack(each)])]);
}

function sendBytes(port: number, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('error', reject);
    socket.once('connect', () => socket.end(bytes, () => resolve()));
  });
}

/** A field of Protocol Buffers with a length before it. */
function field(number: number, bytes: Buffer): Buffer {
  const length: number[] = [];
  for (let rest = bytes.length; ; rest >>= 7) {
    if (rest < 0x80) {
      length.push(rest);
      break;
    }
    length.push((rest & 0x7f) | 0x80);
  }
  return Buffer.concat([Buffer.from([(number << 3) | 2, ...length]), bytes]);
}

const text = (number: number, value: string): Buffer => field(number, Buffer.from(value));
const attribute = (name: string, value: string): Buffer => Buffer.concat([text(1, name), field(2, text(1, value))]);

/** AnyValue: a text, or a list of keys with values. */
function anyValue(value: unknown): Buffer {
  if (typeof value === 'string') return text(1, value);
  return field(6, Buffer.concat(Object.entries(value as object).map(([name, each]) => field(1, Buffer.concat([text(1, name), field(2, anyValue(each))])))));
}

/** ExportLogsServiceRequest of opentelemetry-proto 1: one resource, one scope, one record. */
function otlpRequest(body: unknown): Buffer {
  const time = Buffer.alloc(9);
  time[0] = (1 << 3) | 1;
  time.writeBigUInt64LE(BigInt(Date.now()) * 1_000_000n, 1);
  const attributes: readonly (readonly [string, string])[] = [['podscope.family', 'filebeat'], ['k8s.namespace.name', 'guestbook'], ['k8s.pod.name', 'backend-1'], ['k8s.container.name', 'app']];
  const resource = Buffer.concat(attributes.map(([name, value]) => field(1, attribute(name, value))));
  const record = Buffer.concat([time, field(5, anyValue(body)), field(6, attribute('log.iostream', 'stdout'))]);
  return field(1, Buffer.concat([field(1, resource), field(2, field(2, record))]));
}

function sendOtlp(port: number, body: unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    const session = connectHttp2(`http://127.0.0.1:${port}`);
    session.once('error', reject);
    const message = otlpRequest(body);
    const head = Buffer.alloc(5);
    head.writeUInt32BE(message.length, 1);
    const request = session.request({ ':method': 'POST', ':path': '/opentelemetry.proto.collector.logs.v1.LogsService/Export', 'content-type': 'application/grpc', te: 'trailers' });
    request.once('error', reject);
    request.once('response', () => resolve());
    request.once('close', () => session.close());
    request.resume();
    request.end(Buffer.concat([head, message]));
  });
}
