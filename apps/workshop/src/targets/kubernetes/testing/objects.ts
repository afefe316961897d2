import type { ObjectToWrite } from '@podscope/fault-injectors/kubernetes';
import { type ManifestOptions, synthManifests } from '../manifests.ts';

/** The workshop's own manifests, in namespaces that begin with a prefix. */
export function workshopObjects(prefix: string, more: Partial<ManifestOptions> = {}): readonly ObjectToWrite[] {
  const components = synthManifests({
    pattern: 'ant332',
    endpoint: 'https://opensearch.search.svc:9200',
    engine: 'opensearch@2',
    auth: { secret: 'opensearch' },
    kubernetesVersion: '1.33',
    guestbook: 'podscope',
    namespaces: { logging: `${prefix}-logging`, agents: `${prefix}-agents`, guestbook: `${prefix}-guestbook` },
    ...more,
  });
  return components.flatMap(({ objects }) => objects as readonly ObjectToWrite[]);
}

export const namespace = (name: string, labels: Readonly<Record<string, string>> = {}): ObjectToWrite => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } });

export const configMap = (within: string, name: string, data: Readonly<Record<string, unknown>> = { key: 'value' }): ObjectToWrite => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: within, name }, data });

/** A Deployment that `restricted` pod security takes. */
export function deployment(within: string, name: string, { replicas = 1, container = {}, pod = {} }: { readonly replicas?: number; readonly container?: object; readonly pod?: object } = {}): ObjectToWrite {
  const modest = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { namespace: within, name, labels: { app: name } },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name: 'main', image: 'registry.example.com/main:1', ports: [{ containerPort: 80 }], securityContext: modest, resources: { requests: { cpu: '10m' } }, ...container }], ...pod },
      },
    },
  };
}

/** A definition of custom resources of kind Note, and one of them. */
export function noteKind(group: string, within: string): readonly ObjectToWrite[] {
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `notes.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind: 'Note', listKind: 'NoteList', plural: 'notes', singular: 'note' },
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties: { text: { type: 'string' } } } } } } }],
    },
  };
  return [{ apiVersion: `${group}/v1`, kind: 'Note', metadata: { namespace: within, name: 'note' }, spec: { text: 'hello' } }, definition];
}
