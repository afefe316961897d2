import type { Construct } from 'constructs';
import type { VersionOf } from '../../compatibility/compatibility.ts';
import { daemonSetOf, type DaemonSetProps, ShipperDaemonSet } from '../constructs/daemonSet.ts';
import type { FilebeatConfig } from '../../beats/index.ts';
import { FILEBEAT } from '../programs/programs.ts';

/** Properties of {@link FilebeatDaemonSet}. */
export type FilebeatDaemonSetProps<V extends VersionOf<'filebeat'> = VersionOf<'filebeat'>> = DaemonSetProps<'filebeat', V, FilebeatConfig>;

/** Filebeat on each node. */
export class FilebeatDaemonSet<V extends VersionOf<'filebeat'> = '7.17'> extends ShipperDaemonSet {
  constructor(scope: Construct, id: string, props: FilebeatDaemonSetProps<V>) {
    super(scope, id, daemonSetOf(scope, FILEBEAT, props));
  }
}
