// Made by tools/shipper-options/otel.ts out of the modules' Go structs; names and types only.
import type { OtelOptionTree } from '../optionTree.ts';

/** Options of the collector's processors. */
export const PROCESSORS = {
  memory_limiter: {
    check_interval: 'duration',
    min_gc_interval_when_soft_limited: 'duration',
    min_gc_interval_when_hard_limited: 'duration',
    limit_mib: 'integer',
    spike_limit_mib: 'integer',
    limit_percentage: 'integer',
    spike_limit_percentage: 'integer',
  },
  batch: {
    timeout: 'duration',
    send_batch_size: 'integer',
    send_batch_max_size: 'integer',
    metadata_keys: 'list',
    metadata_cardinality_limit: 'integer',
  },
  transform: {
    error_mode: 'string',
    trace_statements: 'list',
    metric_statements: 'list',
    log_statements: 'list',
    profile_statements: 'list',
    flatten_data: 'boolean',
  },
  filter: {
    error_mode: 'string',
    metrics: {
      include: {
        match_type: 'string',
        regexp: {
          cacheenabled: 'boolean',
          cachemaxnumentries: 'integer',
        },
        metric_names: 'list',
        expressions: 'list',
        resource_attributes: 'list',
      },
      exclude: {
        match_type: 'string',
        regexp: {
          cacheenabled: 'boolean',
          cachemaxnumentries: 'integer',
        },
        metric_names: 'list',
        expressions: 'list',
        resource_attributes: 'list',
      },
      regexp: {
        cacheenabled: 'boolean',
        cachemaxnumentries: 'integer',
      },
      resource: 'list',
      metric: 'list',
      datapoint: 'list',
    },
    logs: {
      include: {
        match_type: 'string',
        resource_attributes: 'list',
        record_attributes: 'list',
        severity_texts: 'list',
        severity_number: {
          min: 'string',
          match_undefined: 'boolean',
        },
        bodies: 'list',
      },
      exclude: {
        match_type: 'string',
        resource_attributes: 'list',
        record_attributes: 'list',
        severity_texts: 'list',
        severity_number: {
          min: 'string',
          match_undefined: 'boolean',
        },
        bodies: 'list',
      },
      resource: 'list',
      log_record: 'list',
    },
    spans: {
      include: {
        match_type: 'string',
        regexp: {
          cacheenabled: 'boolean',
          cachemaxnumentries: 'integer',
        },
        services: 'list',
        span_names: 'list',
        log_bodies: 'list',
        log_severity_texts: 'list',
        log_severity_number: {
          min: 'integer',
          match_undefined: 'boolean',
        },
        metric_names: 'list',
        attributes: 'list',
        resources: 'list',
        libraries: 'list',
        span_kinds: 'list',
      },
      exclude: {
        match_type: 'string',
        regexp: {
          cacheenabled: 'boolean',
          cachemaxnumentries: 'integer',
        },
        services: 'list',
        span_names: 'list',
        log_bodies: 'list',
        log_severity_texts: 'list',
        log_severity_number: {
          min: 'integer',
          match_undefined: 'boolean',
        },
        metric_names: 'list',
        attributes: 'list',
        resources: 'list',
        libraries: 'list',
        span_kinds: 'list',
      },
    },
    traces: {
      resource: 'list',
      span: 'list',
      spanevent: 'list',
    },
    profiles: {
      resource: 'list',
      profile: 'list',
    },
  },
} as const satisfies Readonly<Record<string, OtelOptionTree>>;
