import type { ContainerLogFormat, Source } from '../../sources/sources.ts';

/** A folder or file of the node that a container sees, read-only. */
export interface HostFolder {
  readonly hostPath: string;
  readonly mountPath: string;
  /** `hostPath.type`: what must be there. Without one, nothing is checked. */
  readonly type?: 'File' | 'Directory';
}

/**
 * What of a node the sources are read from. `/var/log/containers` holds links to `/var/log/pods`, and those, where docker writes the
 * logs, to `/var/lib/docker/containers`: all of them are mounted where they are, so that the links hold.
 */
export function hostFolders(sources: readonly Source[]): HostFolder[] {
  const paths = new Map<string, HostFolder>();
  const add = (hostPath: string, more: Omit<Partial<HostFolder>, 'hostPath'> = {}): void => {
    paths.set(more.mountPath ?? hostPath, { hostPath, mountPath: more.mountPath ?? hostPath, ...(more.type === undefined ? {} : { type: more.type }) });
  };
  for (const source of sources) {
    switch (source.kind) {
      case 'container-logs':
      case 'apache-logs':
        add(folder(source.directory ?? '/var/log/containers'));
        add('/var/log/pods');
        if (fromDocker(source.format)) add('/var/lib/docker/containers');
        break;
      case 'node-logs':
        if (source.journal === undefined) {
          for (const path of source.paths ?? ['/var/log/syslog', '/var/log/messages', '/var/log/kubelet.log']) add(folderOf(path));
        } else {
          add(folder(source.journal.path ?? '/var/log/journal'));
          add('/etc/machine-id', { type: 'File' });
        }
        break;
      case 'system-metrics':
        add('/proc', { mountPath: `${folder(source.hostRoot ?? '/hostfs')}/proc`, type: 'Directory' });
        add('/sys', { mountPath: `${folder(source.hostRoot ?? '/hostfs')}/sys`, type: 'Directory' });
        break;
      case 'kubernetes-events':
      case 'redis-info':
        if (source.path !== undefined) add(folderOf(source.path));
        break;
      default:
    }
  }
  const all = [...paths.values()];
  return all.filter((one) => !all.some((other) => other !== one && other.hostPath === other.mountPath && one.hostPath === one.mountPath && one.mountPath.startsWith(`${other.mountPath}/`)));
}

function fromDocker(format: ContainerLogFormat | undefined): boolean {
  return format === 'docker';
}

/** The folder in which a path's last part is, without any `*`. */
export function folderOf(path: string): string {
  const parts = path.split('/').slice(0, -1);
  const wild = parts.findIndex((part) => part.includes('*'));
  return folder((wild === -1 ? parts : parts.slice(0, wild)).join('/'));
}

function folder(path: string): string {
  return path.replace(/(?<=.)\/+$/, '') || '/';
}
