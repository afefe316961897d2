import { expect, it } from 'vitest';
import { fluentdOptions } from './fluentd.ts';
import { pluginLists } from './fluentdPlugins.ts';

const OUTPUT = {
  plugin_helpers: ['timer'],
  'Fluent::Plugin::Output': { buffer: { chunk_keys: { type: 'array', argument: true }, '@type': { type: 'string', default: 'memory' }, flush_interval: { type: 'time', default: 60 }, section: true, multi: false } },
  'Fluent::PluginHelper::Server::ServerTransportParams': { transport: { protocol: { type: 'enum', list: ['tcp', 'tls'], default: 'tcp', argument: true }, section: true } },
  'Fluent::Plugin::Mine': {
    host: { type: 'string', required: true },
    password: { type: 'string', default: null, secret: true },
    transport: { type: 'enum', list: ['tcp', 'tls'], default: 'tcp' },
    limit: { type: 'size', default: 1024, deprecated: 'use <buffer>' },
    buffer: { flush_interval: { default: 5 }, section: true, multi: true },
    format: { usage: { type: 'string', argument: true }, '@type': { type: 'string', default: 'json' }, section: true, multi: true },
  },
};

it('writes what all plugins of a kind have once, and of each plugin what is its own', () => {
  expect(pluginLists([{ kind: 'output', name: 'mine', dump: OUTPUT }])).toEqual({
    base: {
      output: { options: {}, sections: { buffer: { plugin: 'buffer', argument: 'chunk_keys', options: { flush_interval: { type: 'duration', default: 60 } } } } },
      transport: { options: {}, sections: { transport: { argument: 'protocol', options: {} } } },
    },
    output: {
      mine: {
        base: ['output', 'transport'],
        options: {
          host: { type: 'string', required: true },
          password: { type: 'string', secret: true },
          transport: { type: 'enum', default: 'tcp', values: ['tcp', 'tls'] },
          limit: { type: 'size', default: 1024, deprecated: 'use <buffer>' },
        },
        sections: { format: { plugin: 'formatter', multi: true, argument: 'usage', options: {} } },
      },
    },
  });
});

it('makes modules that name their plugins, and refuses a kind that is not known', () => {
  const files = fluentdOptions(JSON.stringify({ 'output-opensearch': OUTPUT, 'output-mine': OUTPUT }));
  expect([...files.keys()]).toEqual(['base.ts', 'outputs.ts', 'openSearchOutputs.ts']);
  expect(files.get('outputs.ts')).toContain("limit: { type: 'size', default: 1024, deprecated: 'use <buffer>' },");
  expect(files.get('openSearchOutputs.ts')).toContain('export const OPENSEARCH_OUTPUTS = {\n  opensearch: {');
  expect(() => fluentdOptions(JSON.stringify({ 'gadget-mine': {} }))).toThrow('Nothing is known of the kind gadget');
});
