import { expect, it } from 'vitest';
import { fromSecret } from '../secrets/secretReference.ts';
import { beatsProtocol, containerLogs, noAuth, openSearch, systemMetrics } from '../index.ts';
import { fluentBitConfig, type FluentBitConfig } from './index.ts';
import { optionsOf, pluginNames } from './known.ts';
import { CUSTOMS } from './options/customs.ts';
import { FILTERS } from './options/filters.ts';
import { INPUTS } from './options/inputs.ts';
import { OUTPUTS } from './options/outputs.ts';
import { FILTER_REFINEMENTS, INPUT_REFINEMENTS, OUTPUT_REFINEMENTS } from './refinements.ts';

it('knows at compile time what a plugin takes', () => {
  const good: FluentBitConfig = {
    service: { flush: 1, log_level: 'info' },
    inputs: [{ name: 'tail', path: ['/a'], 'storage.type': 'filesystem' }, { name: 'systemd', tag: 'a' }],
    filters: [{ name: 'lua', match: '*', call: 'x', code: 'y' }],
    outputs: [{ name: 'opensearch', match: '*', host: '${HOST}', http_passwd: fromSecret('a', 'b'), 'storage.total_limit_size': '1G', retry_limit: 3, port: 9200, extra: { new_one: 1 } }],
  };
  const bad: readonly FluentBitConfig[] = [
    // @ts-expect-error a secret is only referred to
    { outputs: [{ name: 'opensearch', http_passwd: 'hunter2' }] },
    // @ts-expect-error there is no such option
    { outputs: [{ name: 'opensearch', hst: 'a' }] },
    // @ts-expect-error tail needs a path
    { inputs: [{ name: 'tail' }] },
    // @ts-expect-error there is no such input
    { inputs: [{ name: 'tial', path: 'x' }] },
    // @ts-expect-error a port is a number
    { outputs: [{ name: 'opensearch', port: '9200' }] },
    // @ts-expect-error no value of this enum
    { service: { 'storage.sync': 'half' } },
  ];
  expect([good, ...bad]).toHaveLength(7);
});

it('knows at compile time what Fluent Bit reads and where it sends', () => {
  const destination = openSearch({ engine: 'opensearch@3', endpoint: 'http://search:9200', auth: noAuth });
  // @ts-expect-error Fluent Bit does not read Metricbeat's metrics
  expect(() => fluentBitConfig({ version: '5.1', sources: [systemMetrics()], destination })).toThrow(expect.objectContaining({ code: 'SHIPPER_INCOMPATIBLE' }));
  // @ts-expect-error it does not speak the Beats protocol
  expect(() => fluentBitConfig({ version: '5.1', sources: [containerLogs()], destination: beatsProtocol({ hosts: ['logstash:5044'] }) })).toThrow(expect.objectContaining({ code: 'SHIPPER_INCOMPATIBLE' }));
  // @ts-expect-error this version is not known
  expect(() => fluentBitConfig({ version: '1.0', sources: [containerLogs()], destination })).toThrow(expect.objectContaining({ code: 'SHIPPER_INCOMPATIBLE' }));
  expect(fluentBitConfig({ version: '5.1', sources: [containerLogs()], destination }).outputs).toHaveLength(1);
});

it('refines only plugins that there are', () => {
  for (const [refined, known] of [[INPUT_REFINEMENTS, INPUTS], [FILTER_REFINEMENTS, FILTERS], [OUTPUT_REFINEMENTS, OUTPUTS]] as const) {
    expect(Object.keys(refined).filter((name) => !Object.hasOwn(known, name))).toEqual([]);
  }
  expect(Object.keys(CUSTOMS)).toEqual(['calyptia']);
  expect(pluginNames('inputs')).toEqual(expect.arrayContaining(['tail', 'systemd', 'winlog']));
  expect(optionsOf('outputs', 'OpenSearch')?.['http_passwd']).toEqual({ type: 'string', secret: true });
  expect(optionsOf('outputs', 'constructor')).toBeUndefined();
});
