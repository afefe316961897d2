// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyOutput, connecting, tls } from '../groups.ts';

/** Options of syslog. */
export const syslog = {
  ...anyOutput,
  ...connecting,
  ...tls,
  host: { type: 'string' },
  port: { type: 'port' },
  mode: { type: 'string', default: 'udp' },
  syslog_format: { type: 'string', default: 'rfc5424' },
  syslog_maxsize: { type: 'size', default: '0' },
  syslog_severity_key: { type: 'string' },
  syslog_severity_preset: { type: 'integer', default: 6 },
  syslog_facility_key: { type: 'string' },
  syslog_facility_preset: { type: 'integer', default: 1 },
  syslog_hostname_key: { type: 'string' },
  syslog_hostname_preset: { type: 'string' },
  syslog_appname_key: { type: 'string' },
  syslog_appname_preset: { type: 'string' },
  syslog_procid_key: { type: 'string' },
  syslog_procid_preset: { type: 'string' },
  syslog_msgid_key: { type: 'string' },
  syslog_msgid_preset: { type: 'string' },
  syslog_sd_key: { type: 'string' },
  syslog_message_key: { type: 'string' },
  allow_longer_sd_id: { type: 'boolean', default: false },
} as const satisfies Options;
