/**
 * Whether a tag alone fixes what is run. `tag-stays`: its publisher gives a tag of a full version once. `tag-moves`: it is pushed anew
 * for patches and base images, so it is pulled at each start unless a digest fixes it. `own`: built from this repository.
 * No digest stands here: one that nobody has pulled and scanned promises more than it holds. Who has gives it in an override.
 */
export type DigestPolicy = 'tag-stays' | 'tag-moves' | 'own';

/** When an image gets no more fixes. */
export interface EndOfLife {
  /** The last day, `2026-11-30`; undefined where the publisher has named none yet, or gives none. */
  readonly date: string | undefined;
  /** Where that stands. */
  readonly source: string;
  readonly note?: string;
}

/** What is known of an image. */
export interface Image {
  /** Empty where it is in no public one. */
  readonly registry: string;
  readonly repository: string;
  readonly tag: string;
  readonly digest?: `sha256:${string}`;
  readonly digestPolicy: DigestPolicy;
  readonly architectures: readonly ('amd64' | 'arm64')[];
  readonly endOfLife: EndOfLife;
}

const both = ['amd64', 'arm64'] as const;
const fluentBitSecurity = 'fluent/fluent-bit, SECURITY.md, last updated 2026-08-14';
const fluentdSecurity = 'fluent/fluentd, SECURITY.md: only the newest series is supported; 1.19.0 was released 2025-07-30';
const openSearchLife = { date: undefined, source: 'opensearch.org, Release Schedule and Maintenance Policy: the current and the previous major version get fixes', note: 'of 2.x until 4.0 is released' } as const;
const elastic7 = { date: '2026-01-15', source: 'elastic.co/support/eol: 7.x ended 2026-01-15' } as const;

/** Every image that this library and the workshop name, by program and version. Facts of November 2026. */
export const IMAGES = {
  'fluent-bit@5.1': {
    registry: 'docker.io', repository: 'fluent/fluent-bit', tag: '5.1.1', digestPolicy: 'tag-stays', architectures: both,
    endOfLife: { date: undefined, source: fluentBitSecurity, note: 'to be announced' },
  },
  'fluent-bit@5.0': {
    registry: 'docker.io', repository: 'fluent/fluent-bit', tag: '5.0.9', digestPolicy: 'tag-stays', architectures: both,
    endOfLife: { date: '2026-11-30', source: fluentBitSecurity },
  },
  'fluent-bit@4.2': {
    registry: 'docker.io', repository: 'fluent/fluent-bit', tag: '4.2.8', digestPolicy: 'tag-stays', architectures: both,
    endOfLife: { date: '2026-07-30', source: fluentBitSecurity },
  },
  'fluentd@1.19': {
    registry: 'docker.io', repository: 'fluent/fluentd-kubernetes-daemonset', tag: 'v1.19-debian-opensearch-1', digestPolicy: 'tag-moves', architectures: both,
    endOfLife: { date: undefined, source: fluentdSecurity },
  },
  'fluentd@1.18': {
    registry: 'docker.io', repository: 'fluent/fluentd-kubernetes-daemonset', tag: 'v1.18-debian-opensearch-1', digestPolicy: 'tag-moves', architectures: both,
    endOfLife: { date: '2025-07-30', source: fluentdSecurity },
  },
  'fluentd-kinesis@1.19': {
    registry: 'docker.io', repository: 'fluent/fluentd-kubernetes-daemonset', tag: 'v1.19-debian-kinesis-1', digestPolicy: 'tag-moves', architectures: both,
    endOfLife: { date: undefined, source: fluentdSecurity, note: 'for Amazon Data Firehose: the image for OpenSearch has no fluent-plugin-kinesis' },
  },
  'fluentd-kinesis@1.18': {
    registry: 'docker.io', repository: 'fluent/fluentd-kubernetes-daemonset', tag: 'v1.18-debian-kinesis-1', digestPolicy: 'tag-moves', architectures: both,
    endOfLife: { date: '2025-07-30', source: fluentdSecurity },
  },
  'filebeat@7.17': {
    registry: 'docker.elastic.co', repository: 'beats/filebeat-oss', tag: '7.17.29', digestPolicy: 'tag-stays', architectures: both, endOfLife: elastic7,
  },
  'filebeat@7.12': {
    registry: 'docker.elastic.co', repository: 'beats/filebeat-oss', tag: '7.12.1', digestPolicy: 'tag-stays', architectures: both, endOfLife: elastic7,
  },
  'metricbeat@7.17': {
    registry: 'docker.elastic.co', repository: 'beats/metricbeat-oss', tag: '7.17.29', digestPolicy: 'tag-stays', architectures: both, endOfLife: elastic7,
  },
  'metricbeat@7.12': {
    registry: 'docker.elastic.co', repository: 'beats/metricbeat-oss', tag: '7.12.1', digestPolicy: 'tag-stays', architectures: both, endOfLife: elastic7,
  },
  'logstash@8.9': {
    registry: 'docker.io', repository: 'opensearchproject/logstash-oss-with-opensearch-output-plugin', tag: '8.9.0', digestPolicy: 'tag-stays', architectures: both,
    endOfLife: {
      date: '2023-11-07', source: 'elastic.co/support/eol: of a major version the newest minor releases get fixes; 8.11 was released 2023-11-07',
      note: 'the newest image with the OpenSearch output; for a supported Logstash build your own on 8.19 and name it in image',
    },
  },
  'logstash@7.16': {
    registry: 'docker.io', repository: 'opensearchproject/logstash-oss-with-opensearch-output-plugin', tag: '7.16.3', digestPolicy: 'tag-stays', architectures: both, endOfLife: elastic7,
  },
  'otel-collector@0.139': {
    registry: 'docker.io', repository: 'otel/opentelemetry-collector-contrib', tag: '0.139.0', digestPolicy: 'tag-stays', architectures: both,
    endOfLife: { date: '2025-11-17', source: 'open-telemetry/opentelemetry-collector, docs/release.md: a release every two weeks, fixes only in the newest', note: 'the release after it' },
  },
  'otel-collector@0.138': {
    registry: 'docker.io', repository: 'otel/opentelemetry-collector-contrib', tag: '0.138.0', digestPolicy: 'tag-stays', architectures: both,
    endOfLife: { date: '2025-11-03', source: 'open-telemetry/opentelemetry-collector, docs/release.md: a release every two weeks, fixes only in the newest', note: 'the release after it' },
  },
  'kube-state-metrics@2.15': {
    registry: 'registry.k8s.io', repository: 'kube-state-metrics/kube-state-metrics', tag: 'v2.15.0', digestPolicy: 'tag-stays', architectures: both,
    endOfLife: { date: '2025-06-25', source: 'kubernetes/kube-state-metrics, README.md: maintainers support the latest release only', note: 'the release of 2.16' },
  },
  'kube-state-metrics@1.9': {
    registry: 'registry.k8s.io', repository: 'kube-state-metrics/kube-state-metrics', tag: 'v1.9.8', digestPolicy: 'tag-stays', architectures: both,
    endOfLife: { date: '2021-04-13', source: 'kubernetes/kube-state-metrics, README.md: maintainers support the latest release only', note: 'the release of 2.0; for Metricbeat 7.12, which reads no other' },
  },
  'opensearch@3': {
    registry: 'docker.io', repository: 'opensearchproject/opensearch', tag: '3.8.0', digestPolicy: 'tag-stays', architectures: both, endOfLife: openSearchLife,
  },
  'opensearch@2': {
    registry: 'docker.io', repository: 'opensearchproject/opensearch', tag: '2.19.6', digestPolicy: 'tag-stays', architectures: both, endOfLife: openSearchLife,
  },
  'opensearch-dashboards@3': {
    registry: 'docker.io', repository: 'opensearchproject/opensearch-dashboards', tag: '3.8.0', digestPolicy: 'tag-stays', architectures: both, endOfLife: openSearchLife,
  },
  'opensearch-dashboards@2': {
    registry: 'docker.io', repository: 'opensearchproject/opensearch-dashboards', tag: '2.19.6', digestPolicy: 'tag-stays', architectures: both, endOfLife: openSearchLife,
  },
  redis: {
    registry: 'docker.io', repository: 'library/redis', tag: '7', digestPolicy: 'tag-moves', architectures: both,
    endOfLife: { date: undefined, source: 'redis/redis, SECURITY.md: 7.4 is supported', note: 'no day is named' },
  },
  guestbook: {
    registry: '', repository: 'podscope-guestbook', tag: '0.1.0', digestPolicy: 'own', architectures: both,
    endOfLife: { date: undefined, source: 'apps/guestbook/Dockerfile', note: 'nobody publishes it: build it, and push it to a registry of yours' },
  },
  'guestbook-php': {
    registry: 'us-docker.pkg.dev', repository: 'google-samples/containers/gke/gb-frontend', tag: 'v5', digestPolicy: 'tag-stays', architectures: ['amd64'],
    endOfLife: { date: undefined, source: 'GoogleCloudPlatform/kubernetes-engine-samples: a sample, without a promise' },
  },
} as const satisfies Readonly<Record<string, Image>>;

/** The reference of an image in its registry, by its tag. */
export function taggedName({ registry, repository, tag }: Pick<Image, 'registry' | 'repository' | 'tag'>): string {
  return `${registry === '' ? '' : `${registry.replace(/\/+$/, '')}/`}${repository}:${tag}`;
}

/** The name of an image: a program and its version. */
export type ImageName = keyof typeof IMAGES;
