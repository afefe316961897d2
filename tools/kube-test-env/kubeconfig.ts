import type { Credentials } from './request.ts';

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

/** A kubeconfig for one user, with everything inside; JSON, which every reader of YAML takes. */
export function kubeconfigText({ url, ca, user, credentials }: { readonly url: string; readonly ca: string; readonly user: string; readonly credentials: Credentials }): string {
  const proof = 'token' in credentials ? credentials : { 'client-certificate-data': base64(credentials.cert), 'client-key-data': base64(credentials.key) };
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'podscope-test', cluster: { server: url, 'certificate-authority-data': base64(ca) } }],
    users: [{ name: user, user: proof }],
    contexts: [{ name: 'podscope-test', context: { cluster: 'podscope-test', user } }],
    'current-context': 'podscope-test',
  };
  return `${JSON.stringify(config, undefined, 2)}\n`;
}
