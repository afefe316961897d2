import type { k8s } from 'cdk8s-plus-33';
import type { ConfigFiles } from '../../config/shipperOptions.ts';
import { badValue } from '../../quantities/quantities.ts';
import { shortHash } from './names.ts';

/** Bytes that the API server takes in a ConfigMap (pkg/apis/core/validation, MaxSecretSize). */
export const CONFIG_MAP_LIMIT = 1024 * 1024;

const KEY = /^[-._a-zA-Z0-9]{1,253}$/;

/**
 * An immutable ConfigMap, named after its content: another content is another object, so the pods that mount it are rolled, and those that
 * run on keep what they were started with.
 *
 * @throws PodscopeError SHIPPER_BAD_VALUE above the limit, or when a file's name is no key.
 */
export function configMap(name: string, namespace: string, labels: Record<string, string>, data: Readonly<Record<string, string>>): k8s.KubeConfigMapProps {
  requireData(name, data);
  return { metadata: { name: hashedName(name, data), namespace, labels }, immutable: true, data: { ...data } };
}

/** The name that a ConfigMap with this content has. */
export function hashedName(name: string, data: Readonly<Record<string, string>>): string {
  return `${name}-config-${shortHash(JSON.stringify(Object.entries(data).sort(([left], [right]) => (left < right ? -1 : 1))))}`;
}

/** The program's arguments, with the folder of its files in them. */
export function argumentsOf(files: ConfigFiles, folder: string): string[] {
  return files.args.map((argument) => argument.replaceAll('{config}', folder));
}

/** Refuses what can't be a ConfigMap's data. @throws PodscopeError SHIPPER_BAD_VALUE */
export function requireData(name: string, data: Readonly<Record<string, string>>): void {
  let bytes = 0;
  for (const [key, text] of Object.entries(data)) {
    if (!KEY.test(key) || key === '.' || key === '..' || key.startsWith('..')) throw badValue(`${name}: ${JSON.stringify(key)}`, 'is no key of a ConfigMap.', 'Letters, digits, hyphens, underscores and dots, without a folder.');
    bytes += Buffer.byteLength(text);
  }
  if (bytes <= CONFIG_MAP_LIMIT) return;
  const largest = Object.entries(data).sort(([, left], [, right]) => Buffer.byteLength(right) - Buffer.byteLength(left))[0]?.[0];
  throw badValue(name, `the configuration has ${bytes.toLocaleString('en-US')} bytes; a ConfigMap holds at most ${CONFIG_MAP_LIMIT.toLocaleString('en-US')}.`, `The largest file is ${largest}. Put what is not configuration (lists, databases) into an image or a volume.`);
}
