import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Shipper } from '../../../packages/log-shippers/src/index.ts';
import { ensureProgram, shipperPrograms } from '../../shipper-programs/programs.ts';
import { deliver } from './delivery/delivery.ts';
import { Outage } from './delivery/outage.ts';
import { PIPELINES } from './delivery/pipelines.ts';
import { type DeliveryServer, startDeliveryServer } from './delivery/server.ts';
import { newest } from './conformance.ts';
import { serveKubeStateMetrics } from './kubeStateMetrics.ts';
import { matrix } from './matrix.ts';
import { findPrograms, type Program } from './programs.ts';
import { tryAll } from './tryAll.ts';

const signal = new AbortController().signal;
const onStep = (): void => undefined;

/** Filebeat, Metricbeat and an OpenTelemetry Collector, built from their Go modules: the real programs. */
let programs: readonly Program[];
beforeAll(async () => {
  const folders: string[] = [];
  for (const { name, version } of shipperPrograms()) folders.push(dirname(await ensureProgram(name, version)));
  programs = (await findPrograms(folders)).programs;
}, 3_600_000);

describe('the real programs', () => {
  it('are those that can be built here', () => {
    expect(programs.map(({ name, version }) => `${name} ${version}`).sort()).toEqual(['filebeat 7.12.1', 'filebeat 7.17.0', 'metricbeat 7.12.1', 'metricbeat 7.17.0', expect.stringMatching(/^otelcol 0\.\d+\.\d+$/)]);
  });

  it('take every configuration of the matrix that is for them, and run it', { timeout: 600_000 }, async () => {
    const shippers = new Set(programs.map(({ shipper }) => shipper));
    const cases = matrix().filter(({ shipper }) => shippers.has(shipper));
    const rows = await tryAll({ cases, programs, signal, onStep, atOnce: 4, runs: true });
    expect(rows.filter(({ accepted, ran }) => accepted === false || ran === false)).toEqual([]);
    expect(rows.filter(({ accepted }) => accepted === true).length).toBeGreaterThan(65);
    expect(rows.filter(({ ran }) => ran === true).length).toBeGreaterThan(60);
  });

  it('are told apart from what they refuse', { timeout: 120_000 }, async () => {
    const good = matrix().find(({ name }) => name === 'filebeat 7.17 container-logs → beats');
    if (good === undefined) throw new Error('There is no such configuration.');
    // 7.17 has no output for OpenSearch 1: the library says so before the program can.
    const rows = await tryAll({ cases: [{ ...good, options: { ...good.options, destination: { kind: 'opensearch', engine: 'opensearch@1', endpoint: 'http://x:9200', auth: { kind: 'none' } } } }], programs, signal, onStep, atOnce: 1, runs: false });
    expect(rows).toEqual([expect.objectContaining({ accepted: false, why: expect.stringContaining('SHIPPER_INCOMPATIBLE') })]);
  });
});

describe('10,000 lines on each way', () => {
  let server: DeliveryServer;
  let metrics: Awaited<ReturnType<typeof serveKubeStateMetrics>>;
  beforeAll(async () => {
    server = await startDeliveryServer(signal);
    metrics = await serveKubeStateMetrics();
  });
  afterAll(async () => {
    await metrics?.stop();
    await server?.stop();
  });

  const of = (shipper: Shipper) => {
    const pipeline = PIPELINES.find(({ shippers }) => shippers[0] === shipper);
    const program = newest(programs, shipper);
    if (pipeline === undefined || program === undefined) throw new Error(`There is no way for ${shipper}.`);
    return { pipeline, programs: [program], server, lines: 10_000, kubeStateMetrics: `127.0.0.1:${metrics.port}`, signal, onStep };
  };
  const whole = { lost: 0, doubled: 0, wrong: 0, notes: [], ok: true };

  it('loses nothing, doubles nothing and changes nothing through Beats and a stand-in of Logstash, with OpenSearch down for 20 s', { timeout: 480_000 }, async () => {
    const outage = new Outage(server, 2, 20);
    const deliveries = await Promise.all((['filebeat', 'metricbeat'] as const).map((shipper) => deliver({ ...of(shipper), disturbance: 'OpenSearch down for 20 s', outage })));
    for (const delivery of deliveries) {
      expect(delivery).toMatchObject(whole);
      expect(delivery.arrived).toBe(delivery.sent);
      // The outage came in the middle, not before or after.
      expect(delivery.atDisturbance).toBeGreaterThan(0);
      expect(delivery.atDisturbance).toBeLessThan(delivery.arrived);
    }
  });

  it('the same through an OpenTelemetry Collector, whose exporter would lose what comes in an outage', { timeout: 480_000 }, async () => {
    expect(await deliver({ ...of('otel-collector'), disturbance: 'undisturbed' })).toMatchObject({ ...whole, sent: 10_000, arrived: 10_000 });
  });
});
