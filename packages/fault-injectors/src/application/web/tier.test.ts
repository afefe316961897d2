import { expect, it } from 'vitest';
import { loggingContainer } from './tier.ts';

const pod = (containers: readonly object[], annotations = {}) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'frontend', annotations }, spec: { containers } });
const proxy = { name: 'proxy', ports: [{ containerPort: 15_090 }] };

it.each([
  ['names the port', pod([proxy, { name: 'web', ports: [{ containerPort: 8_080 }] }], { 'kubectl.kubernetes.io/default-container': 'proxy' }), 'web'],
  ['kubectl takes', pod([proxy, { name: 'web' }], { 'kubectl.kubernetes.io/default-container': 'web' }), 'web'],
  ['is the first', pod([{ name: 'web' }, proxy]), 'web'],
  ['is not there', pod([]), undefined],
])('the log is that of the container that %s', (_what, object, expected) => {
  expect(loggingContainer(object, 8_080)).toBe(expected);
});
