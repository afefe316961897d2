// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import { alterSize } from './filters/alterSize.ts';
import { aws } from './filters/aws.ts';
import { checklist } from './filters/checklist.ts';
import { ecs } from './filters/ecs.ts';
import { expect } from './filters/expect.ts';
import { geoip2 } from './filters/geoip2.ts';
import { grep } from './filters/grep.ts';
import { kubernetes } from './filters/kubernetes.ts';
import { logToMetrics } from './filters/logToMetrics.ts';
import { lua } from './filters/lua.ts';
import { modify } from './filters/modify.ts';
import { multiline } from './filters/multiline.ts';
import { nest } from './filters/nest.ts';
import { nightfall } from './filters/nightfall.ts';
import { parser } from './filters/parser.ts';
import { recordModifier } from './filters/recordModifier.ts';
import { rewriteTag } from './filters/rewriteTag.ts';
import { stdout } from './filters/stdout.ts';
import { sysinfo } from './filters/sysinfo.ts';
import { throttle } from './filters/throttle.ts';
import { typeConverter } from './filters/typeConverter.ts';

/** All filters by name. */
export const FILTERS = {
  alter_size: alterSize,
  aws,
  checklist,
  ecs,
  expect,
  geoip2,
  grep,
  kubernetes,
  log_to_metrics: logToMetrics,
  lua,
  modify,
  multiline,
  nest,
  nightfall,
  parser,
  record_modifier: recordModifier,
  rewrite_tag: rewriteTag,
  stdout,
  sysinfo,
  throttle,
  type_converter: typeConverter,
} as const;
