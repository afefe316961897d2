import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { otelOptionFiles } from './otel.ts';

// node tools/shipper-options/otelWrite.ts
const recipe = fileURLToPath(new URL('../shipper-programs/recipes/otelcol-0.139.0', import.meta.url));
for (const [name, text] of Object.entries(otelOptionFiles(recipe))) writeFileSync(`packages/log-shippers/src/otel-collector/options/${name}`, text);
