import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { logstashOptionFiles } from './logstash.ts';

// node tools/shipper-options/logstashWrite.ts --sources <folder of plugin sources>
const { values } = parseArgs({ options: { sources: { type: 'string' }, out: { type: 'string', default: 'packages/log-shippers/src/logstash/options' } } });
if (values.sources === undefined) throw new Error('--sources <folder with a subfolder of sources for each plugin, and core>');
mkdirSync(values.out, { recursive: true });
for (const [name, text] of Object.entries(logstashOptionFiles(values.sources))) writeFileSync(join(values.out, name), text);
