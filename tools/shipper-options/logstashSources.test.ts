import { expect, it } from 'vitest';
import { declaredOptions } from './logstashSources.ts';

it('reads options as Ruby declares them', () => {
  const options = declaredOptions(`
  config_name "made"
  # config :commented, :validate => :string
  config :port, :validate => :number, :required => true
  config :mode, :validate => ['tail', "read"], :default => 'tail' # how
  config :verify, :validate => %w[none peer], :default => "none"
  config :size, :validate => :number, :default => 5 * 1024
  config :ssl, :obsolete => "Set 'ssl_enabled' instead."
  config :cipher,
    :validate => :array,
    :default => some_method
  PARAMS = {
    :user => { :validate => :string },
    :hosts => { :validate => :uri, :default => [ HERE ],
                :list => true },
  }`);
  expect(Object.fromEntries(options.map(({ name, ...rest }) => [name, rest]))).toMatchObject({
    port: { validate: 'number', required: true },
    mode: { validate: ['tail', 'read'], default: 'tail' },
    verify: { validate: ['none', 'peer'], default: 'none' },
    size: { default: 5120 },
    ssl: { replacedBy: 'ssl_enabled' },
    cipher: { validate: 'array', default: undefined },
    user: { validate: 'string', list: false },
    hosts: { validate: 'uri', list: true },
  });
  expect(options).toHaveLength(8);
});
