import type { Target } from '../products/targets.ts';
import { askDashboards, type DashboardsConnection } from './connection.ts';

/** A product that was found, and the target that stands for it. */
export interface FoundProduct {
  readonly name: 'opensearch-dashboards' | 'kibana';
  readonly version: string;
  /** Undefined for a version that there is no target for. */
  readonly target: Target | undefined;
}

/** Which product answers: told by the header with the server's name, `osd-name` or `kbn-name`, and by its status. */
export async function findProduct(connection: DashboardsConnection): Promise<FoundProduct> {
  const { headers, text } = await askDashboards(connection, 'GET', '/api/status', undefined, { outside: true });
  const version = versionIn(text);
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (headers.has('kbn-name')) return { name: 'kibana', version, target: kibana(major, minor) };
  const target = major === 1 || major === 2 || major === 3 ? (`opensearch-dashboards@${major}` as const) : undefined;
  return { name: 'opensearch-dashboards', version, target };
}

/** The newest target that is not newer than the product. */
function kibana(major: number, minor: number): Target | undefined {
  if (major === 8) return 'kibana@8';
  if (major !== 7 || minor < 10) return undefined;
  return minor >= 17 ? 'kibana@7.17' : minor >= 12 ? 'kibana@7.12' : 'kibana@7.10';
}

function versionIn(text: string): string {
  try {
    const { version } = JSON.parse(text) as { readonly version?: { readonly number?: unknown } };
    return typeof version?.number === 'string' ? version.number : 'unknown';
  } catch {
    return 'unknown';
  }
}
