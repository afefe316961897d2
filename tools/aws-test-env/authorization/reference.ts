import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { obtainPythonEnvironment, type InstallOptions } from '../install/environment.ts';

/** What AWS publishes of rights, as cfn-lint ships it: the Service Authorization Reference and the schemas of CloudFormation's registry. */
export interface AuthorizationReference {
  /** Kinds of resources that an action knows; empty for none. Undefined for an action that does not exist. */
  resourcesOf(action: string): readonly string[] | undefined;
  /** The beginnings of ARNs of a kind, as `arn:${Partition}:eks:${Region}:${Account}:cluster/`. */
  arnsOf(service: string, kind: string): readonly string[];
  /** Keys that a condition on such a resource may have. */
  conditionKeysOf(service: string, kind: string): readonly string[];
  /** What the handlers of a resource type of CloudFormation name, for all that is done with it but listing. */
  handlerActionsOf(type: string): readonly string[] | undefined;
}

interface ServiceEntry {
  readonly Actions: Readonly<Record<string, { readonly Resources?: readonly string[] }>>;
  readonly Resources?: Readonly<Record<string, { readonly ARNFormats?: readonly string[]; readonly ConditionKeys?: readonly string[] }>>;
}

interface TypeSchema {
  readonly typeName: string;
  readonly handlers?: Readonly<Record<string, { readonly permissions?: readonly string[] }>>;
  readonly tagging?: { readonly permissions?: readonly string[] };
}

/** Reads the reference out of the installed cfn-lint. @throws Error where it has another shape than it had */
export async function authorizationReference(options: InstallOptions = {}): Promise<AuthorizationReference> {
  const { folder } = await obtainPythonEnvironment(options);
  const [python = ''] = (await readdir(join(folder, 'lib'))).filter((name) => name.startsWith('python3'));
  const data = join(folder, 'lib', python, 'site-packages', 'cfnlint', 'data');
  const services = JSON.parse(await readFile(join(data, 'AdditionalSpecs', 'Policies.json'), 'utf8')) as Readonly<Record<string, ServiceEntry>>;
  const schemas = join(data, 'schemas', 'resources');
  const types = new Map<string, TypeSchema>();
  for (const name of await readdir(schemas)) {
    if (!name.endsWith('.json')) continue;
    const schema = JSON.parse(await readFile(join(schemas, name), 'utf8')) as TypeSchema;
    types.set(schema.typeName, schema);
  }
  if (services['eks'] === undefined || types.get('AWS::EKS::Cluster')?.handlers === undefined) throw new Error('cfn-lint no longer has what this reads: see tools/aws-test-env/authorization/reference.ts.');
  return {
    resourcesOf(action) {
      const [service = '', name = ''] = action.split(':');
      const found = services[service]?.Actions[name.toLowerCase()];
      return found === undefined ? undefined : (found.Resources ?? []);
    },
    arnsOf: (service, kind) => (services[service]?.Resources?.[kind]?.ARNFormats ?? []).map((format) => format.replace(/\.\*$/u, '')),
    conditionKeysOf: (service, kind) => services[service]?.Resources?.[kind]?.ConditionKeys ?? [],
    handlerActionsOf(type) {
      const schema = types.get(type);
      if (schema === undefined) return undefined;
      const named = Object.entries(schema.handlers ?? {}).flatMap(([handler, { permissions = [] }]) => (handler === 'list' ? [] : permissions));
      return [...new Set([...named, ...(schema.tagging?.permissions ?? [])])].toSorted();
    },
  };
}
