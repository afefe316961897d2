import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateDomainCommand } from '@aws-sdk/client-opensearch';
import { Client } from '@opensearch-project/opensearch';
import { startOpenSearch } from '@podscope/embedded-opensearch';
import type { KubernetesApi } from '@podscope/fault-injectors/kubernetes';
import { type LiveProduct, startLiveProduct } from '../../../commands/dashboards/live.fixture.ts';
import { type Ended, type Running, startPodscope } from '../../../commands/kubernetes/program.fixture.ts';
import { SHIPPER } from '../../kubernetes/opensearch/roles.ts';
import { planDown, takeDown } from '../../kubernetes/run/takeDown.ts';
import { connected } from '../../kubernetes/testing/connected.ts';
import type { AwsClients } from '../clients.ts';
import { makeCluster } from '../cluster/testing/makeCluster.ts';
import { PRESENTER } from '../domain/grants.ts';
import { callerIdentity } from '../identity.ts';
import { startAuthenticator } from '../cluster/testing/authenticator.ts';
import { RELAY, TUNNEL_NAMESPACE } from '../tunnel/objects.ts';
import { RELAY_PORT } from '../tunnel/relay.ts';
import { removeRelay } from '../tunnel/relayPod.ts';
import { type DomainGateway, passOn, startDomainGateway } from '../tunnel/testing/domainGateway.ts';

/** The name of the cluster and of the domain, whoever makes them: there is one API server, and one OpenSearch. */
export const PLACE = 'podscope';

/** What a test gets of `tools/aws-test-env`. */
export interface WholeAws {
  readonly endpoint: string;
  readonly region: string;
  readonly account: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken: string };
  readonly environment: Readonly<Record<string, string>>;
  clients(): AwsClients;
  setClusterEndpoint(endpoint: { readonly url: string; readonly ca: string }): void;
}

/** What a test gets of `tools/kube-test-env`. */
export interface WholeCluster {
  readonly url: string;
  readonly ca: string;
  readonly admin: { readonly kubeconfig: string };
  routePort(route: { readonly namespace: string; readonly pods: { readonly labels: Readonly<Record<string, string>> }; readonly port: number; readonly to: { readonly host: string; readonly port: number } }): Promise<AsyncDisposable>;
}

/** What is started by the test, and ended by it. */
export interface WholeOptions {
  readonly aws: WholeAws;
  /** @param flags Of kube-apiserver. */
  readonly startCluster: (flags: Readonly<Record<string, string>>) => Promise<WholeCluster>;
  /** For commands. */
  readonly path: string | undefined;
}

/**
 * An account with everything behind it that can be had: moto with the stand-in for what it lacks, a real control plane that `DescribeCluster`
 * names and that asks moto's STS who sent a token, and a real secured OpenSearch behind signatures that are worked out anew, to which the
 * relay's port leads. Not real: nodes and pods (kwok), OpenSearch Dashboards, and the domain's front.
 */
export interface WholeTarget extends AsyncDisposable {
  /** As the cluster's own administrator, past all that is tested. */
  readonly api: KubernetesApi;
  /** As the domain's own administrator, past all that is tested. */
  readonly search: Client;
  readonly dashboards: LiveProduct;
  readonly gateway: DomainGateway;
  /** As whom tokens were taken, and why others were not. */
  readonly verdicts: readonly string[];
  /** A machine of its own: a home and a run directory with nothing in them. */
  machine(): Machine;
  /** What AWS deletes with a cluster and a domain: here both servers live on. */
  empty(): Promise<void>;
  /** A cluster and a domain of somebody else, in one network, both {@link PLACE}. */
  theirs(): Promise<void>;
  /** While true, the domain takes no change of rights. */
  holdRights(isHeld: boolean): void;
  /** Everything that any machine wrote, and printed. */
  written(): string;
}

const NAMESPACES = { logging: 'logging', agents: 'node-agents', guestbook: 'guestbook', opensearch: 'opensearch' };

/** Of OpenSearch. */
const EMPTIED = ['/_data_stream/*', '/_index_template/*', ...[SHIPPER, PRESENTER].flatMap((role) => ['rolesmapping', 'roles'].map((kind) => `/_plugins/_security/api/${kind}/${role}`))];

/** Where commands run. */
export interface Machine {
  readonly runDir: string;
  readonly environment: Readonly<Record<string, string>>;
  start(...args: readonly string[]): Running;
  run(...args: readonly string[]): Promise<Ended>;
}

/** Starts what is still missing, and joins all of it. */
export async function startWholeTarget({ aws, startCluster, path }: WholeOptions): Promise<WholeTarget> {
  await using made = new AsyncDisposableStack();
  const folder = mkdtempSync(join(tmpdir(), 'podscope-whole-'));
  made.defer(() => rmSync(folder, { recursive: true, force: true }));
  const { accessKeyId, secretAccessKey } = aws.credentials;
  const authenticator = made.use(await startAuthenticator({ cluster: PLACE, sts: aws.endpoint, secrets: new Map([[accessKeyId, secretAccessKey]]) }));
  const webhook = join(folder, 'webhook');
  writeFileSync(webhook, authenticator.webhookConfig);
  const cluster = await startCluster({ 'authentication-token-webhook-config-file': webhook, 'authentication-token-webhook-version': 'v1' });
  aws.setClusterEndpoint(cluster);
  const server = made.adopt(await startOpenSearch({ version: '2.19.4', security: {}, settings: { 'plugins.security.restapi.roles_enabled': ['all_access', 'security_rest_api_access'] } }), (each) => each.stop());
  const connection = made.use(await connected(cluster.admin.kubeconfig));
  using clients = aws.clients();
  const { principal } = await callerIdentity(clients, new AbortController().signal);
  // EKS does it by the access entry that the cluster's stack makes.
  await connection.api.create({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRoleBinding', metadata: { name: 'creator' }, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' }, subjects: [{ kind: 'User', name: principal, apiGroup: 'rbac.authorization.k8s.io' }] });
  const dashboards = made.use(await startLiveProduct());
  let areRightsHeld = false;
  const gateway = made.use(await startDomainGateway({
    keys: [aws.credentials], host: `vpc-${PLACE}-stand1n.${aws.region}.es.amazonaws.com`, region: aws.region,
    answer(passed, outgoing) {
      if (areRightsHeld && passed.method !== 'GET' && passed.target.startsWith('/_plugins/_security/')) {
        outgoing.writeHead(403, { 'content-type': 'application/json' }).end('{"message":"not now"}');
        return;
      }
      const isPage = passed.target.startsWith('/_dashboards/');
      passOn(isPage ? { ...passed, target: passed.target.slice('/_dashboards'.length) } : passed, outgoing, isPage ? { node: dashboards.url, auth: { username: '', password: '' }, ssl: { ca: '' } } : server.clientOptions());
    },
  }));
  // The relay's program is tested beside it; kwok leads its port to where it would lead.
  made.use(await cluster.routePort({ namespace: TUNNEL_NAMESPACE, pods: { labels: { app: RELAY } }, port: RELAY_PORT, to: { host: '127.0.0.1', port: gateway.port } }));
  const client = made.adopt(new Client(server.clientOptions()), (each) => each.close());
  const authority = join(folder, 'domain.pem');
  writeFileSync(authority, gateway.ca);
  const ended: Ended[] = [];

  function machine(): Machine {
    const home = mkdtempSync(join(folder, 'machine-'));
    const runDir = join(home, 'run');
    // Node trusts Amazon's authorities; that of the test is named where such a one of a company would be.
    const environment = { ...aws.environment, PATH: path ?? '', HOME: home, NO_COLOR: '1', PODSCOPE_RUN_DIR: runDir, PODSCOPE_CACHE_DIR: join(home, 'cache'), PODSCOPE_BROWSER: 'true', NODE_EXTRA_CA_CERTS: authority };
    const start = (...args: readonly string[]): Running => {
      const running = startPodscope(environment, ...args);
      void running.ended.then((end) => ended.push(end));
      return running;
    };
    return { runDir, environment, start, run: (...args) => start(...args).ended };
  }
  const all = made.move();
  return {
    api: connection.api, search: client, dashboards, gateway, verdicts: authenticator.verdicts, machine,
    async empty() {
      const { plan } = await planDown(connection.api, NAMESPACES);
      await takeDown(connection.api, plan, { signal: new AbortController().signal, timeoutMs: 60_000, onProgress: () => undefined });
      await removeRelay(connection.api);
      for (const path of EMPTIED) await client.transport.request({ method: 'DELETE', path }, { ignore: [404] });
      dashboards.kept.clear();
    },
    async theirs() {
      using theirs = aws.clients();
      const subnets = await makeCluster(theirs, PLACE);
      await theirs.opensearch.send(new CreateDomainCommand({ DomainName: PLACE, EngineVersion: 'OpenSearch_2.19', ClusterConfig: { InstanceCount: 1 }, VPCOptions: { SubnetIds: subnets.slice(0, 1) }, DomainEndpointOptions: { EnforceHTTPS: true }, EncryptionAtRestOptions: { Enabled: true }, NodeToNodeEncryptionOptions: { Enabled: true }, AdvancedSecurityOptions: { Enabled: true, MasterUserOptions: { MasterUserARN: `arn:aws:iam::${aws.account}:role/theirs` } } }));
    },
    holdRights(isHeld) {
      areRightsHeld = isHeld;
    },
    written() {
      const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)).filter((file) => statSync(file).isFile());
      return [...ended.flatMap(({ stdout, stderr }) => [stdout, stderr]), ...files.map((file) => readFileSync(file, 'utf8'))].join('\n');
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}
