import { startOpenSearch } from '@podscope/embedded-opensearch';

const server = await startOpenSearch({
  sources: ['cache', 'maven'],
  onProgress: (event) => {
    if (event.type === 'install') console.log(event.step);
    if (event.type === 'ready') console.log(`ready in ${event.milliseconds} ms`);
  },
});
try {
  await fetch(`${server.url}/things/_doc?refresh=true`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'first' }),
  });
  const { count } = await (await fetch(`${server.url}/things/_count`)).json();
  console.log(`OpenSearch ${server.version} holds ${count} document`);
  if (count !== 1) process.exitCode = 1;
} finally {
  await server.stop();
}
