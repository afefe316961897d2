import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filebeatConfig, filebeatFiles, metricbeatConfig, metricbeatFiles } from '../../packages/log-shippers/src/beats/index.ts';
import {
  apacheLogs, basicAuth, beatsProtocol, containerLogs, type Destination, fromSecret, kubernetesMetrics, noAuth, nodeLogs, openSearch, type Source, systemMetrics,
} from '../../packages/log-shippers/src/index.ts';
import { ensureProgram } from './programs.ts';
import { runToEnd, writeConfig } from './runProgram.ts';

const EXACT = { '7.17': '7.17.0', '7.12': '7.12.1' } as const;
const programs = new Map<string, string>();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'podscope-beats-'));
  await writeFile(join(folder, 'token'), 'token');
  for (const name of ['filebeat', 'metricbeat']) for (const version of Object.values(EXACT)) programs.set(`${name} ${version}`, await ensureProgram(name, version));
}, 30 * 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const LOGS: Readonly<Record<string, readonly Source[]>> = {
  containers: [containerLogs()],
  'containers by their file names': [containerLogs({ metadata: 'file-name' })],
  'cri containers with traces': [containerLogs({ format: 'cri', multiline: ['java', 'python', 'go', 'ruby'] })],
  'docker containers of a namespace': [containerLogs({ format: 'docker', namespaces: ['guestbook'], exclude: { containers: ['sidecar'] } })],
  apache: [apacheLogs({ pods: ['frontend-*'] })],
  nodes: [nodeLogs()],
  everything: [containerLogs(), apacheLogs({ pods: ['frontend-*'] }), nodeLogs({ paths: ['/var/log/a.log', '/var/log/b/*.log'] })],
};
const METRICS: Readonly<Record<string, readonly Source[]>> = {
  system: [systemMetrics({ hostRoot: '/' })],
  'system below /hostfs': [systemMetrics()],
  state: [kubernetesMetrics()],
  kubelet: [kubernetesMetrics({ scope: 'node', periodSeconds: 30 })],
  'system and state': [systemMetrics(), kubernetesMetrics({ kubeStateMetrics: 'ksm.monitoring.svc:8080' })],
};
const LOGSTASH: Readonly<Record<string, Destination>> = {
  logstash: beatsProtocol({ hosts: ['logstash:5044'] }),
  'two logstash with tls': beatsProtocol({ hosts: ['one:5044', 'two:5044'], tls: { insecureSkipVerify: true } }),
};
const ENGINES: Readonly<Record<string, Destination>> = {
  'opensearch@1': openSearch({ engine: 'opensearch@1', endpoint: 'http://search:9200', auth: noAuth }),
  'elasticsearch@7.10': openSearch({ engine: 'elasticsearch@7.10', endpoint: 'https://search:9200', auth: basicAuth('shipper', fromSecret('search', 'password')), tls: { insecureSkipVerify: true }, indices: { filebeat: 'logs-{date}' } }),
};

const cases = (['filebeat', 'metricbeat'] as const).flatMap((shipper) => (['7.17', '7.12'] as const).flatMap((version) =>
  Object.entries(shipper === 'filebeat' ? LOGS : METRICS).flatMap(([what, sources]) =>
    Object.entries({ ...LOGSTASH, ...(version === '7.12' ? ENGINES : {}) }).map(([where, destination]) => ({ shipper, version, what, sources, where, destination })))));

describe('test config of the real program', () => {
  it.each(cases)('takes $shipper $version: $what → $where', async ({ shipper, version, sources, destination }) => {
    const options = { version, sources: sources as never, destination: destination as never, stateDirectory: join(folder, 'state') };
    const files = shipper === 'filebeat' ? filebeatFiles(filebeatConfig(options)) : metricbeatFiles(metricbeatConfig(options));
    const { [files.main]: text = '' } = files.files;
    // The pod's own, which is nowhere else.
    const token = join(folder, 'token');
    const args = await writeConfig({ ...files, files: { [files.main]: text.replaceAll('/var/run/secrets/kubernetes.io/serviceaccount/token', token) } }, join(folder, 'config'));
    const program = programs.get(`${shipper} ${EXACT[version]}`) ?? '';
    const { code, output, said } = await runToEnd(program, ['test', 'config', ...args.filter((arg) => arg !== '-e' && !arg.startsWith('-system.hostfs'))], { NODE_NAME: 'node-1', SEARCH_PASSWORD: "0123, [x] {y}" });
    expect({ code, output }, said).toEqual({ code: 0, output: 'Config OK\n' });
  });

  it('is what misses most faults, which is why there is a linter', async () => {
    const text = 'filebeat.inputs: [{type: filestreem, pats: [/a]}]\noutput.console: {prety: true}\n';
    const args = await writeConfig({ files: { 'filebeat.yml': text }, main: 'filebeat.yml', args: ['-c', '{config}/filebeat.yml', '--strict.perms=false'], environment: [] }, join(folder, 'wrong'));
    expect(await runToEnd(programs.get('filebeat 7.17.0') ?? '', ['test', 'config', ...args, '-E', `path.data=${folder}/state`])).toMatchObject({ code: 0 });
  });
});
