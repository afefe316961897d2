import { Client } from '@opensearch-project/opensearch';
import { applyPlan, estimateIndexSetup, exitCodeOf, formatEstimate, formatPlan, loadIndexSetup, planIndexSetup } from '@podscope/index-manager';

const setup = await loadIndexSetup(new URL('setup', import.meta.url).pathname);
const [address] = process.argv.slice(2);

if (address === undefined) {
  const estimate = estimateIndexSetup(setup, { streams: { 'shop-web': { documentsPerDay: 10_000_000, bytesPerDocument: 600 } } });
  console.log(formatEstimate(estimate));
  if (estimate.warnings.length > 0) process.exitCode = 1;
} else {
  const client = new Client({ node: address });
  const plan = await planIndexSetup(client, setup);
  console.log(formatPlan(plan));
  await applyPlan(client, plan);
  const again = await planIndexSetup(client, setup);
  console.log(`planned again:\n${formatPlan(again)}`);
  process.exitCode = exitCodeOf(again);
  await client.close();
}
