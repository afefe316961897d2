import { generateKeyPairSync } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeAuthority, type Authority, type KeyPair } from './certificates.ts';

interface PairFiles {
  readonly key: string;
  readonly cert: string;
}

/** Keys and certificates of one start, as files that only this user can read. */
export interface KubeServerFiles {
  readonly folder: string;
  readonly ca: string;
  readonly server: PairFiles;
  /** Signs the tokens of service accounts, and checks them. */
  readonly serviceAccount: { readonly key: string; readonly publicKey: string };
  /** etcd has an authority of its own, so that no user of the apiserver gets past it. */
  readonly etcdCa: string;
  readonly etcdServer: PairFiles;
  readonly etcdClient: PairFiles;
}

/** Makes the authorities and writes what the two servers read. The authorities' keys are not written. */
export async function writeServerFiles(folder: string): Promise<{ readonly files: KubeServerFiles; readonly authority: Authority }> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const write = async (name: string, text: string): Promise<string> => {
    const file = join(folder, name);
    await writeFile(file, text, { mode: 0o600 });
    return file;
  };
  const writePair = async (name: string, pair: KeyPair): Promise<PairFiles> => ({ key: await write(`${name}.key`, pair.key), cert: await write(`${name}.crt`, pair.cert) });
  const [authority, etcd] = await Promise.all([makeAuthority('podscope-kubernetes'), makeAuthority('podscope-etcd')]);
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const files: KubeServerFiles = {
    folder,
    ca: await write('ca.crt', authority.ca),
    server: await writePair('apiserver', await authority.server('kube-apiserver')),
    serviceAccount: {
      key: await write('service-account.key', privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()),
      publicKey: await write('service-account.pub', publicKey.export({ type: 'spki', format: 'pem' }).toString()),
    },
    etcdCa: await write('etcd-ca.crt', etcd.ca),
    etcdServer: await writePair('etcd', await etcd.server('etcd')),
    etcdClient: await writePair('etcd-client', await etcd.client('kube-apiserver')),
  };
  return { files, authority };
}
