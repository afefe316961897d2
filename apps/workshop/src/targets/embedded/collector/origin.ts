/** The container that a log file belongs to, read from kubelet's file name. */
export interface ContainerFile {
  readonly pod: string;
  readonly namespace: string;
  readonly container: string;
  readonly containerId: string;
}

const KUBELET_NAME = /^(?<pod>[^_]+)_(?<namespace>[^_]+)_(?<container>.+)-(?<containerId>[^-]+)\.log$/;

/** Parses `<pod>_<namespace>_<container>-<id>.log`; undefined for any other name. */
export function parseContainerFile(name: string): ContainerFile | undefined {
  const groups = KUBELET_NAME.exec(name)?.groups;
  if (groups === undefined) return undefined;
  return {
    pod: groups['pod'] as string,
    namespace: groups['namespace'] as string,
    container: groups['container'] as string,
    containerId: groups['containerId'] as string,
  };
}

/** Where a pod runs and what deployed it. */
export interface PodPlace {
  readonly node: string | null;
  readonly deployment: string;
}

/** Looks up the place of a pod; undefined when it is not known (yet). */
export type FindPlace = (namespace: string, pod: string) => PodPlace | undefined;

/** The `kubernetes` object of a container's documents. */
export function kubernetesOf(file: ContainerFile, place: PodPlace | undefined) {
  return {
    namespace: file.namespace,
    pod: { name: file.pod },
    container: { name: file.container },
    ...(place === undefined ? {} : { deployment: { name: place.deployment } }),
    ...(place === undefined || place.node === null ? {} : { node: { name: place.node } }),
  };
}
