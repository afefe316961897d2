import { Client } from '@opensearch-project/opensearch';
import { startOpenSearch } from '@podscope/embedded-opensearch';
import { applyPlan, defineIndexSetup, exitCodeOf, formatPlan, planIndexSetup } from '@podscope/index-manager';

const server = await startOpenSearch({ sources: ['cache', 'maven'] });
const client = new Client({ node: server.url });
const setup = defineIndexSetup({ indexTemplates: { logs: { index_patterns: ['shop-*'], data_stream: {} } }, dataStreams: ['shop-web'] });
const plan = await planIndexSetup(client, setup);
console.log(formatPlan(plan));
await applyPlan(client, plan);
const again = await planIndexSetup(client, setup);
console.log(formatPlan(again));
await server.stop();
process.exitCode = exitCodeOf(again);
