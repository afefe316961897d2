import { expect, expectTypeOf, it } from 'vitest';
import { bytesOf, millisecondsOf, requireBytes, requireName, requirePort } from './quantities/quantities.ts';
import { basicAuth, beatsProtocol, containerLogs, type DestinationFor, fromSecret, kinesisFirehose, noAuth, openSearch, type OpenSearchDestination, requireCompatible, sigV4 } from './index.ts';
import { nearest } from './lint/problem.ts';

const secret = fromSecret('opensearch', 'password');

it('reads sizes and times with their units', () => {
  expect(['5M', '5MB', '512', '1.5k', '5 MB', 'five'].map(bytesOf)).toEqual([5 * 1024 ** 2, 5 * 1024 ** 2, 512, 1536, undefined, undefined]);
  expect(['10s', '1.5m', '250ms', 3, 'soon'].map(millisecondsOf)).toEqual([10_000, 90_000, 250, 3000, undefined]);
});

it('says how a value is written', () => {
  expect(() => requireBytes('tail.Mem_Buf_Limit', '5 MB')).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_VALUE', hint: 'Write 5M, without a space.' }));
  expect(() => requirePort('output.port', '9200')).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_VALUE', hint: 'Write 9200 as a number.' }));
  expect(() => requireName('FluentBitDaemonSet', 'Fluent_Bit')).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_NAME', hint: expect.stringContaining('fluent-bit') }));
  expect(nearest('Mem_Buff_Limit', ['Mem_Buf_Limit', 'Path'])).toBe('Mem_Buf_Limit');
  expect(nearest('something', ['Path'])).toBeUndefined();
});

it('keeps secrets out of endpoints', () => {
  expect(() => openSearch({ engine: 'opensearch@2', endpoint: 'https://admin:hunter2@search:9200', auth: noAuth })).toThrow(expect.objectContaining({ code: 'SHIPPER_SECRET_IN_PLAIN_TEXT', message: expect.not.stringContaining('hunter2') }));
  expect(() => openSearch({ engine: 'opensearch@2', endpoint: 'admin:hunter2@search:9200', auth: noAuth })).toThrow(expect.objectContaining({ message: expect.not.stringContaining('hunter2') }));
});

it('knows at compile time what does not go together', () => {
  // @ts-expect-error OpenSearch Serverless takes signed requests only
  const serverless = () => openSearch({ engine: 'opensearch-serverless', endpoint: 'https://search', auth: basicAuth('me', secret) });
  expect(serverless).toThrow(expect.objectContaining({ code: 'SHIPPER_INCOMPATIBLE', hint: expect.stringContaining('sigV4') }));
  // @ts-expect-error a server of one's own can't check them
  const ownServer = () => openSearch({ engine: 'opensearch@2', endpoint: 'https://search', auth: sigV4('eu-central-1') });
  expect(ownServer).toThrow(expect.objectContaining({ code: 'SHIPPER_INCOMPATIBLE', hint: expect.stringContaining('amazon-opensearch-service') }));
  expect(openSearch({ engine: 'opensearch-serverless', endpoint: 'https://search', auth: sigV4('eu-central-1') }).engine).toBe('opensearch-serverless');
  expectTypeOf<OpenSearchDestination<'opensearch@3'>>().not.toExtend<DestinationFor<'filebeat', '7.12'>>();
  expectTypeOf<OpenSearchDestination<'opensearch@3'>>().toExtend<DestinationFor<'fluent-bit', '5.1'>>();
});

it('knows the name of a region from what is none', () => {
  for (const region of ['eu-central-1', 'us-gov-west-1', 'ap-southeast-7']) expect(sigV4(region)).toMatchObject({ region });
  for (const region of ['', 'Frankfurt', 'eu-central-1 ', 'eu-central', 'nope region']) expect(() => sigV4(region)).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_VALUE' }));
  expect(() => kinesisFirehose({ region: 'eu-central-1', deliveryStream: 'a b' })).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_VALUE' }));
  expect(() => kinesisFirehose({ region: 'here', deliveryStream: 'logs' })).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_VALUE' }));
});

it('refuses a pair at run time, and says what to use', () => {
  const beats = beatsProtocol({ hosts: ['logstash:5044'] });
  expect(() => requireCompatible('fluent-bit', '5.1', [containerLogs()], beats)).toThrow(expect.objectContaining({ code: 'SHIPPER_INCOMPATIBLE', hint: expect.stringContaining('forward') }));
  expect(() => requireCompatible('filebeat', '7.17', [containerLogs()], openSearch({ engine: 'opensearch@3', endpoint: 'http://search:9200', auth: noAuth }))).toThrow(expect.objectContaining({ hint: expect.stringContaining('beats') }));
  expect(() => requireCompatible('fluent-bit', '1.0', [], beats)).toThrow(expect.objectContaining({ hint: expect.stringContaining('5.1') }));
  requireCompatible('filebeat', '7.17', [containerLogs()], beats);
});
