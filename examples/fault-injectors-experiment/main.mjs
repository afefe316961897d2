import { mkdtemp, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diskStore, replicaStorm } from '@podscope/fault-injectors';
import { defineExperiment, experimentReport, runExperiment } from '@podscope/fault-injectors/experiments';

// A system that faults may change, in memory; it answers 503 where it is asked for more than it has room for.
let replicas = 3;
const unsupported = () => Promise.reject(new Error('not in this example'));
const target = {
  kind: 'system',
  id: 'example',
  pods: async () => [],
  replicas: async () => replicas,
  setReplicas: async (_name, count) => void (replicas = count),
  clients: async () => [],
  startClient: unsupported,
  stopClient: unsupported,
  publishedPages: async () => [],
  unpublish: unsupported,
  redis: unsupported,
  restart: unsupported,
};
const server = createServer((_request, response) => response.writeHead(replicas > 40 ? 503 : 200).end('guestbook'));
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${server.address().port}/`;

const experiment = defineExperiment({
  title: 'The web tier answers 503 while it is short of room',
  steadyState: { probes: [{ kind: 'http', name: 'it answers', url, answer: { contains: 'guestbook' } }] },
  method: [
    { fault: 'replica-storm', name: 'storm', params: { deployment: 'frontend', replicas: 100 }, duration: '200ms', checks: [{ kind: 'http', name: 'short of room', url, status: 503 }] },
    { check: { kind: 'http', name: 'well again', url } },
  ],
});
const folder = await mkdtemp(join(tmpdir(), 'experiment-'));
const journal = await runExperiment(experiment, { target, store: await diskStore({ directory: join(folder, 'faults') }), faults: [replicaStorm] });
server.close();
await writeFile(join(folder, 'report.html'), experimentReport(journal, 'html'));
await writeFile(join(folder, 'report.xml'), experimentReport(journal, 'junit'));

console.log(journal.activities.map(({ step, name, status }) => `${step} ${name}: ${status}`).join('\n'));
console.log(`passed: ${journal.passed}; the reports are in ${folder}`);
process.exitCode = journal.passed && replicas === 3 ? 0 : 1;
