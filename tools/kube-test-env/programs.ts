import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { PodscopeError } from '../../packages/core/src/index.ts';
import { buildGoProgram, type BuildOptions, type GoProgram } from '../go-programs/build.ts';

const here = dirname(fileURLToPath(import.meta.url));

const KUBERNETES = '1.35.4';

/** Kubernetes' own programs know their version only from the linker; the scripts of its releases set the same variables. */
function ofKubernetes(name: string): GoProgram {
  const [major, minor] = KUBERNETES.split('.');
  const variables = { gitVersion: `v${KUBERNETES}`, gitMajor: major, gitMinor: minor, gitTreeState: 'clean' };
  // client-go keeps a second copy of these for what it says of itself in the User-Agent header.
  const stamps = ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'].flatMap((at) => Object.entries(variables).map(([variable, value]) => `-X ${at}.${variable}=${value}`));
  return { name, version: KUBERNETES, moduleFolder: join(here, 'kubernetes'), package: `k8s.io/kubernetes/cmd/${name}`, ldflags: stamps };
}

/** What can be built. The checksums of everything that goes into it are in the `go.sum` beside each `go.mod`. */
export const recipes = {
  'kube-apiserver': ofKubernetes('kube-apiserver'),
  'kube-controller-manager': ofKubernetes('kube-controller-manager'),
  'kube-scheduler': ofKubernetes('kube-scheduler'),
  // For comparisons of time, so it is compiled as it is published.
  kubectl: { ...ofKubernetes('kubectl'), optimised: true },
  etcd: { name: 'etcd', version: '3.6.8', moduleFolder: join(here, 'etcd'), package: 'go.etcd.io/etcd/server/v3' },
  kwok: { name: 'kwok', version: '0.8.0', moduleFolder: join(here, 'kwok'), package: 'sigs.k8s.io/kwok/cmd/kwok' },
  'kube-state-metrics': {
    name: 'kube-state-metrics',
    version: '2.15.0',
    moduleFolder: join(here, 'kube-state-metrics'),
    package: 'k8s.io/kube-state-metrics/v2',
    ldflags: ['-X github.com/prometheus/common/version.Version=v2.15.0'],
  },
} as const satisfies Readonly<Record<string, GoProgram>>;

/** A name of {@link recipes}. */
export type KubeProgram = keyof typeof recipes;

/** The programs that `setup-envtest` puts into a folder. */
const ASSETS: readonly string[] = ['etcd', 'kube-apiserver', 'kubectl'];

/** Whether a program can be had here: it is in KUBEBUILDER_ASSETS, or there is a Go to build it with. */
export function canObtain(name: KubeProgram): boolean {
  const assets = assetsFolder();
  if (assets !== undefined && ASSETS.includes(name)) return true;
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, 'go')));
}

async function isRunnable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(() => true, () => false);
}

/** The folder that KUBEBUILDER_ASSETS names: where `setup-envtest` keeps etcd, kube-apiserver and kubectl. */
export function assetsFolder(): string | undefined {
  const folder = process.env['KUBEBUILDER_ASSETS'];
  return folder === undefined || folder === '' ? undefined : resolve(folder);
}

/** An etcd on the PATH does as well: this apiserver stores its objects in every version since 3.4 (tried with 3.4.23). */
async function etcdOnPath(): Promise<string | undefined> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter).filter((each) => each !== '')) {
    const file = join(folder, 'etcd');
    if (!(await isRunnable(file))) continue;
    const { stdout } = await promisify(execFile)(file, ['--version']).catch(() => ({ stdout: '' }));
    const [, major = 0, minor = 0] = (/^etcd Version: (\d+)\.(\d+)/m.exec(stdout) ?? []).map(Number);
    if (major * 100 + minor >= 304) return file;
  }
  return undefined;
}

/**
 * The path of a program: from KUBEBUILDER_ASSETS where that is set and is to hold it, for etcd from the PATH, else built from its Go
 * modules into the cache, once.
 *
 * @throws PodscopeError `KUBE_ASSETS_INCOMPLETE`, and as {@link buildGoProgram}.
 */
export async function obtainKubeProgram(name: KubeProgram, options: BuildOptions = {}): Promise<string> {
  const assets = assetsFolder();
  if (assets !== undefined && ASSETS.includes(name)) {
    const file = join(assets, name);
    if (await isRunnable(file)) return file;
    throw new PodscopeError('KUBE_ASSETS_INCOMPLETE', `KUBEBUILDER_ASSETS is ${assets}, which has no ${name} that can be run.`, {
      hint: 'Fill it with setup-envtest use --print path, or unset the variable to have the programs built with Go.',
    });
  }
  if (name === 'etcd') {
    const found = await etcdOnPath();
    if (found !== undefined) return found;
  }
  return buildGoProgram(recipes[name], options);
}
