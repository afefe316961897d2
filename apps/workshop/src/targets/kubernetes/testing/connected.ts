import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectKubernetes, type KubernetesApi } from '@podscope/fault-injectors/kubernetes';

/** A user's connection to a test cluster, and the file of the kubeconfig for other processes. */
export interface Connected extends AsyncDisposable {
  readonly api: KubernetesApi;
  readonly kubeconfig: string;
}

export async function connected(kubeconfigText: string): Promise<Connected> {
  const folder = await mkdtemp(join(tmpdir(), 'podscope-apply-'));
  const kubeconfig = join(folder, 'kubeconfig');
  await writeFile(kubeconfig, kubeconfigText, { mode: 0o600 });
  const api = await connectKubernetes({ kubeconfig });
  return {
    api,
    kubeconfig,
    async [Symbol.asyncDispose]() {
      api.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The same connection, which notes every write that is not a dry run. */
export function noting(api: KubernetesApi): { readonly api: KubernetesApi; readonly writes: readonly string[] } {
  const writes: string[] = [];
  const note = (verb: string, { kind, name, dryRun = false }: { readonly kind: string; readonly name: string; readonly dryRun?: boolean | undefined }): void => {
    if (!dryRun) writes.push(`${verb} ${kind} ${name}`);
  };
  return {
    writes,
    api: {
      ...api,
      apply: (object, options) => {
        note('apply', { kind: object.kind, name: object.metadata.name, dryRun: options?.dryRun });
        return api.apply(object, options);
      },
      create: (object, options) => {
        note('create', { kind: object.kind, name: object.metadata.name, dryRun: options?.dryRun });
        return api.create(object, options);
      },
      remove: (ref, options) => {
        note('remove', { kind: ref.kind, name: ref.name, dryRun: options?.dryRun });
        return api.remove(ref, options);
      },
    },
  };
}
