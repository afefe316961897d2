import type { KubeServerFiles } from './files.ts';

/** etcd for one apiserver of a test: alone, on the loopback address, and only for who has a certificate of its own authority. */
export function etcdCommand(program: string, { files, dataDir, clientPort, peerPort }: { readonly files: KubeServerFiles; readonly dataDir: string; readonly clientPort: number; readonly peerPort: number }): string[] {
  const client = `https://127.0.0.1:${clientPort}`;
  const peer = `http://127.0.0.1:${peerPort}`;
  return [
    program,
    '--name=podscope',
    `--data-dir=${dataDir}`,
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=podscope=${peer}`,
    '--client-cert-auth',
    `--trusted-ca-file=${files.etcdCa}`,
    `--cert-file=${files.etcdServer.cert}`,
    `--key-file=${files.etcdServer.key}`,
    '--logger=zap',
  ];
}

/** What the apiserver is started with beside its addresses and files. */
export interface ApiServerSettings {
  /** Beside those that are on by default, PodSecurity and ServiceAccount among them. */
  readonly admissionPlugins: readonly string[];
  /** Further flags, which win over ours. */
  readonly flags: Readonly<Record<string, string>>;
}

/** kube-apiserver as in a cluster: RBAC and the node authorizer decide, nobody is anonymous, admission is on. */
export function apiServerCommand(program: string, { files, etcdPort, port, settings }: { readonly files: KubeServerFiles; readonly etcdPort: number; readonly port: number; readonly settings: ApiServerSettings }): string[] {
  const flags: Readonly<Record<string, string>> = {
    'etcd-servers': `https://127.0.0.1:${etcdPort}`,
    'etcd-cafile': files.etcdCa,
    'etcd-certfile': files.etcdClient.cert,
    'etcd-keyfile': files.etcdClient.key,
    'bind-address': '127.0.0.1',
    'advertise-address': '127.0.0.1',
    'secure-port': String(port),
    // It would refuse to announce a loopback address, and nobody looks it up.
    'endpoint-reconciler-type': 'none',
    'cert-dir': files.folder,
    'tls-cert-file': files.server.cert,
    'tls-private-key-file': files.server.key,
    'client-ca-file': files.ca,
    'service-account-issuer': 'https://kubernetes.default.svc.cluster.local',
    'service-account-key-file': files.serviceAccount.publicKey,
    'service-account-signing-key-file': files.serviceAccount.key,
    'service-cluster-ip-range': '10.96.0.0/16',
    // For logs, port forwards and commands, it asks the kubelet of a pod's node, which must show a certificate of ours.
    'kubelet-preferred-address-types': 'InternalIP',
    'kubelet-certificate-authority': files.ca,
    'authorization-mode': 'Node,RBAC',
    'anonymous-auth': 'false',
    // As every cluster has it: whether a pod may be privileged is for pod security to say.
    'allow-privileged': 'true',
    'enable-admission-plugins': settings.admissionPlugins.join(','),
    profiling: 'false',
    ...settings.flags,
  };
  return [program, ...Object.entries(flags).map(([name, value]) => `--${name}=${value}`)];
}
