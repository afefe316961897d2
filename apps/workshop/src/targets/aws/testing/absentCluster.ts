import type { InCluster } from '../parts.ts';

/** A stand-in for the half in the cluster where no API server runs: it does nothing, and says what it was asked. */
export interface AbsentCluster extends InCluster {
  readonly asked: readonly string[];
}

/** @param left What it says is left on a cluster that stays. */
export function absentCluster(left: readonly string[] = []): AbsentCluster {
  const asked: string[] = [];
  return {
    asked,
    shipperAccounts: [{ namespace: 'logging', name: 'fluentd' }],
    async lookAhead({ cluster }) {
      asked.push(`look ahead ${cluster.name}`);
      return [];
    },
    async grant({ cluster, domain }) {
      asked.push(`grant ${cluster.name} ${domain.name}`);
    },
    async deploy({ cluster, domain }) {
      asked.push(`deploy ${cluster.name} ${domain.host ?? ''}`);
      return { workloads: 0, indices: 0, dashboards: 0 };
    },
    forget({ cluster }) {
      asked.push(`forget ${cluster}`);
    },
    async remove({ cluster }) {
      asked.push(`remove ${cluster.name}`);
      return left;
    },
  };
}
