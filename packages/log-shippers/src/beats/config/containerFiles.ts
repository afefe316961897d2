import type { ContainerChoice, Source } from '../../sources/sources.ts';
import { badValue } from '../../quantities/quantities.ts';

/** Containers of the shippers themselves: their complaint about a line must not become the next line. */
const SHIPPERS = ['filebeat', 'metricbeat', 'fluent-bit', 'fluentd', 'logstash', 'otel-collector', 'opentelemetry-collector'];

const NAME = /^[a-z0-9*]([-.a-z0-9*]*[a-z0-9*])?$/;

function names(where: string, given: readonly string[] | undefined): readonly string[] {
  for (const name of given ?? []) {
    if (!NAME.test(name)) throw badValue(where, `${JSON.stringify(name)} is no name of Kubernetes.`, 'Small letters, digits, hyphens and dots, with * for any characters.');
  }
  return given === undefined || given.length === 0 ? ['*'] : given;
}

/** Files of the chosen containers: kubelet names them `<pod>_<namespace>_<container>-<id>.log`. */
export function containerPaths(where: string, directory: string, choice: ContainerChoice): string[] {
  const folder = directory.replace(/\/+$/, '');
  const files = names(`${where}.pods`, choice.pods).flatMap((pod) =>
    names(`${where}.namespaces`, choice.namespaces).flatMap((namespace) => names(`${where}.containers`, choice.containers).map((container) => `${pod}_${namespace}_${container}-*.log`)),
  );
  return [...new Set(files.map((file) => (/^[*_-]+\.log$/.test(file) ? '*.log' : file)))].map((file) => `${folder}/${file}`);
}

const pattern = (name: string): string => name.replaceAll('.', '\\.').replaceAll('*', '[^_]*');
const filePattern = (pod: string, namespace: string, container: string): string => `/${pattern(pod)}_${pattern(namespace)}_${pattern(container)}-[^-/]+\\.log$`;

/** Regular expressions of the files that are left out. */
export function excludedFiles(where: string, choice: ContainerChoice): string[] {
  const { namespaces, pods, containers } = choice.exclude ?? {};
  const shippers = new Set([...SHIPPERS].filter((name) => choice.containers?.includes(name) !== true));
  return [
    `_(${[...shippers].join('|')})-[^-/]+\\.log$`,
    // Written by containers of this very pod, whatever they are called.
    '/${POD_NAME:this-pod}_',
    ...(namespaces === undefined ? [] : names(`${where}.exclude.namespaces`, namespaces).map((namespace) => filePattern('*', namespace, '*'))),
    ...(pods === undefined ? [] : names(`${where}.exclude.pods`, pods).map((pod) => filePattern(pod, '*', '*'))),
    ...(containers === undefined ? [] : names(`${where}.exclude.containers`, containers).map((container) => filePattern('*', '*', container))),
  ];
}

/** Web pods' files are read by their own input, so that an input for every container leaves them out. */
export function readByOthers(sources: readonly Source[], self: Source): string[] {
  if (self.kind !== 'container-logs') return [];
  return sources.flatMap((other) => {
    if (other.kind !== 'apache-logs') return [];
    const { pods = ['*'], namespaces = ['*'], containers = ['*'] } = other;
    return pods.flatMap((pod) => namespaces.flatMap((namespace) => containers.map((container) => filePattern(pod, namespace, container))));
  });
}
