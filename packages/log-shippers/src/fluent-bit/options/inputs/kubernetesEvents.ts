// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyInput, connecting, tls } from '../groups.ts';

/** Options of kubernetes_events. */
export const kubernetesEvents = {
  ...anyInput,
  ...connecting,
  ...tls,
  listen: { type: 'string', default: '0.0.0.0' },
  host: { type: 'string', default: 'localhost' },
  port: { type: 'port' },
  kube_url: { type: 'string', default: 'https://kubernetes.default.svc' },
  interval_sec: { type: 'integer', default: 0 },
  interval_nsec: { type: 'integer', default: 500000000 },
  kube_watch_timeout: { type: 'duration', default: '10m' },
  'tls.debug': { type: 'integer', default: 0 },
  kube_ca_file: { type: 'string', default: '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt' },
  kube_ca_path: { type: 'string' },
  kube_token_file: { type: 'string', default: '/var/run/secrets/kubernetes.io/serviceaccount/token' },
  kube_token_ttl: { type: 'duration', default: '10m' },
  kube_request_limit: { type: 'integer', default: 0 },
  kube_retention_time: { type: 'duration', default: '1h' },
  kube_namespace: { type: 'string' },
  db: { type: 'string' },
  'db.sync': { type: 'string', default: 'normal' },
  'db.locking': { type: 'boolean', default: false },
  'db.journal_mode': { type: 'string', default: 'WAL' },
} as const satisfies Options;
