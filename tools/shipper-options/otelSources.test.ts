import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { GoOptions } from './otelSources.ts';

const folder = mkdtempSync(join(tmpdir(), 'podscope-structs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function source(name: string, text: string): string {
  mkdirSync(join(folder, name));
  writeFileSync(join(folder, name, 'config.go'), text);
  return join(folder, name);
}

it('reads structs across packages, with those that stand in the place of their fields', () => {
  const own = source('own', `package own

import (
	"time"

	inner "example.test/inner/v2"
	"example.test/queue"
)

type Config struct {
	// Said about it.
	inner.Client \`mapstructure:",squash"\`
	Wait    time.Duration                       \`mapstructure:"wait"\`
	Queue   configoptional.Optional[queue.Config] \`mapstructure:"sending_queue"\`
	Paths   []string                            \`mapstructure:"paths,omitempty"\`
	Headers map[string]string                   \`mapstructure:"headers"\`
	Mode    Mode                                \`mapstructure:"mode"\`
	Self    *Config                             \`mapstructure:"self"\`
	hidden  string
	Rest    map[string]any                      \`mapstructure:",remain"\`
	Never   string                              \`mapstructure:"-"\`
}

type Mode string
`);
  const inner = source('inner', 'package inner\n\ntype Client struct {\n\tEndpoint string `mapstructure:"endpoint"`\n\tPassword configopaque.String `mapstructure:"password"`\n}\n');
  const queue = source('queue', 'package queue\n\nimport "example.test/internal"\n\ntype Config = internal.Config\n');
  const internal = source('internal', 'package internal\n\ntype Config struct {\n\tSize int64 `mapstructure:"queue_size"`\n\tOn bool `mapstructure:"enabled"`\n}\n');
  const go = new GoOptions(new Map([['example.test/own', own], ['example.test/inner/v2', inner], ['example.test/queue', queue], ['example.test/internal', internal]]));
  expect(go.tree('example.test/own', 'Config')).toEqual({
    endpoint: 'string', password: 'secret', wait: 'duration', sending_queue: { queue_size: 'integer', enabled: 'boolean' }, paths: 'list', headers: 'map', mode: 'string', self: 'any',
  });
});
