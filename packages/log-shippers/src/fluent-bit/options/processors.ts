// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import { contentModifier } from './processors/contentModifier.ts';
import { cumulativeToDelta } from './processors/cumulativeToDelta.ts';
import { labels } from './processors/labels.ts';
import { metricsSelector } from './processors/metricsSelector.ts';
import { opentelemetryEnvelope } from './processors/opentelemetryEnvelope.ts';
import { sampling } from './processors/sampling.ts';
import { sql } from './processors/sql.ts';
import { tda } from './processors/tda.ts';

/** All processors by name. */
export const PROCESSORS = {
  content_modifier: contentModifier,
  cumulative_to_delta: cumulativeToDelta,
  labels,
  metrics_selector: metricsSelector,
  opentelemetry_envelope: opentelemetryEnvelope,
  sampling,
  sql,
  tda,
} as const;
