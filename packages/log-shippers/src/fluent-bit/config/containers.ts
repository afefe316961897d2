import type { ContainerChoice, ContainerLogFormat } from '../../sources/sources.ts';

/** Containers whose lines are never read: a shipper that ships its own lines feeds itself. */
const SHIPPERS = ['fluent-bit', 'fluentd', 'filebeat', 'metricbeat', 'logstash', 'otel-collector'];

/** Patterns of kubelet's file names, `<pod>_<namespace>_<container>-<id>.log`, for the chosen containers. */
export function chosenFiles(choice: ContainerChoice, directory: string): readonly string[] {
  const { pods = ['*'], namespaces = ['*'], containers = ['*'] } = choice;
  return pods.flatMap((pod) => namespaces.flatMap((namespace) => containers.map((container) => `${directory}/${pod}_${namespace}_${container}-*.log`)));
}

/** Patterns of the files that are left out. */
export function excludedFiles({ exclude }: ContainerChoice, directory: string): readonly string[] {
  return [
    ...[...SHIPPERS, ...(exclude?.containers ?? [])].map((container) => `${directory}/*_*_${container}-*.log`),
    ...(exclude?.namespaces ?? []).map((namespace) => `${directory}/*_${namespace}_*.log`),
    ...(exclude?.pods ?? []).map((pod) => `${directory}/${pod}_*.log`),
  ];
}

/** The program's own parsers of the runtimes' formats; they also join the parts of a long line. The first that takes a file's lines stays. */
export const RUNTIME_PARSERS: Readonly<Record<ContainerLogFormat, readonly string[]>> = { cri: ['cri'], docker: ['docker'], auto: ['docker', 'cri'] };
