import { hostname } from 'node:os';
import { join } from 'node:path';
import { Actuator } from '../cluster/actuator.ts';
import { emptyCluster, NODES } from '../cluster/baseline.ts';
import type { ModelPod } from '../cluster/model.ts';
import { openRecords } from '../cluster/records.ts';
import type { Ledger } from '../../../ledger/ledger.ts';
import type { SupervisorOptions } from '../protocol.ts';
import { RedisTier } from '../redis/tier.ts';
import { dataStreams } from '../../../indices/setup.ts';
import type { EmbeddedSource } from '../shippers/sources.ts';
import { CollectorTier } from './collector.ts';
import { OpenSearchKeeper, type OpenSearchKeeperOptions } from './opensearch.ts';
import { openSearchHttp } from './opensearchHttp.ts';
import { freePorts } from './ports.ts';
import type { ProcessLog } from './processLog.ts';
import type { SystemParts } from './verbs.ts';
import { Visitors } from './visitors.ts';
import { WebTier } from './webTier.ts';

/** Requests in a second of the ordinary visitors, until somebody changes it. */
const VISITOR_RATE = 8;

export interface PartsOptions {
  readonly options: SupervisorOptions;
  readonly ports: SupervisorOptions['ports'];
  readonly ledger: Ledger;
  readonly log: ProcessLog;
  readonly indicesReady: Promise<void>;
  /** What a real shipper ships. */
  readonly leftOut: readonly EmbeddedSource[];
  readonly onOpenSearch: OpenSearchKeeperOptions['onProgress'];
}

/** The parts of a system, none of them started. */
export interface System extends SystemParts {
  readonly opensearch: OpenSearchKeeper;
  readonly records: ReturnType<typeof openRecords>;
}

/** Puts the parts together. Starts nothing. */
export async function composeSystem({ options, ports, ledger, log, indicesReady, leftOut, onOpenSearch }: PartsOptions): Promise<System> {
  const logs = join(options.runDir, 'logs', 'containers');
  const urls = {
    console: `http://127.0.0.1:${ports.console}`,
    opensearch: `http://127.0.0.1:${ports.opensearch}`,
    guestbook: `http://127.0.0.1:${ports.guestbook}`,
  };
  const [primary, first, second] = await freePorts(3);
  const redisPorts = new Map([['redis-primary-0', primary ?? 0], ['redis-replica-0', first ?? 0], ['redis-replica-1', second ?? 0]]);
  const onPodExit = (pod: ModelPod, reason: string): void => actuator.exited(pod, reason);
  const redis = new RedisTier({
    directory: join(options.runDir, 'redis'),
    logs,
    ports: redisPorts,
    primary: 'redis-primary-0',
    onStarting: (pod) => ledger.announce(pod.name),
    onPid: (pod, pid) => ledger.started(pod.name, pid),
    onExit: (pod, pid, wanted, reason) => {
      ledger.ended(pod.name, pid);
      log.write(wanted ? 'info' : 'error', pod.name, `process ${pid} ended: ${reason}`);
      if (!wanted) onPodExit(pod, reason);
    },
    onRole: (pod, role) => actuator.dispatch({ type: 'role', pod, role }),
  });
  const web = new WebTier({
    ledger, log, logs, onPodExit,
    port: ports.guestbook,
    redis: [...redisPorts].map(([pod, port]) => ({ pod, port })),
  });
  const collector = new CollectorTier({
    ledger, log, logs, indicesReady, onPodExit,
    settings: { runDir: options.runDir, opensearchUrl: urls.opensearch, controlSocket: ledger.content.socket, hostName: hostname(), leftOut },
  });
  const records = openRecords(join(options.runDir, 'logs'), NODES.map((node) => node.name));
  const actuator = new Actuator({
    model: emptyCluster(options.seed),
    runtimes: { frontend: web, 'redis-primary': redis, 'redis-replica': redis, collector },
    records,
  });
  for (const [name, port] of [...Object.entries(ports), ...redisPorts]) ledger.port(name, port);
  return {
    actuator, redis, redisPorts, web, collector, records, logs, urls,
    visitors: new Visitors({ ledger, log, url: urls.guestbook, seed: options.seed, rate: VISITOR_RATE }),
    opensearch: new OpenSearchKeeper({ options, port: ports.opensearch, ledger, log, onProgress: onOpenSearch }),
    askOpenSearch: openSearchHttp(urls.opensearch),
    streams: Object.values(dataStreams),
  };
}
