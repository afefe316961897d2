import { type Fault, type FaultKind, faultCatalogue } from '@podscope/fault-injectors';
import { faultRole, kubernetesTargetAccesses, watchdogAccesses } from '@podscope/fault-injectors/kubernetes';
import { stringify } from 'yaml';
import { exitCodes } from '../../terminal/exitCodes.ts';
import type { CommandAction } from '../command.ts';
import { usageError } from '../usageError.ts';
import { faultKindOf } from './parameters.ts';
import { sampleFaults } from './sampleFaults.ts';

const NAME = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** `podscope fault role`: what an account needs to inject these faults, and nothing more. */
export const run: CommandAction = ({ output }, _args, options) => {
  const namespace = String(options['namespace']);
  const account = String(options['account'] ?? 'podscope-injector');
  for (const name of [namespace, account]) if (!NAME.test(name)) throw usageError(`${JSON.stringify(name)} is no name of a namespace or an account.`, 'Lower-case letters, digits and dashes, at most 63.');
  const kinds: readonly FaultKind[] = Array.isArray(options['fault']) ? options['fault'].map((id) => faultKindOf(String(id))) : faultCatalogue.filter(({ targets }) => targets.includes('kubernetes'));
  const foreign = kinds.find(({ targets }) => !targets.includes('kubernetes'));
  if (foreign !== undefined) throw usageError(`${foreign.id} is for ${foreign.targets.join(', ')} only: it needs no Role.`, 'Leave it out.');
  const faults: readonly Fault[] = kinds.flatMap((kind) => sampleFaults(kind, namespace));
  const objects = faultRole(faults, { subject: { kind: 'ServiceAccount', name: account, namespace }, more: options['watchdogInCluster'] === true ? watchdogAccesses(faults) : kubernetesTargetAccesses });
  output.result({ namespace, faults: kinds.map(({ id }) => id), objects }, () => objects.map((object) => stringify(object).trimEnd()).join('\n---\n').split('\n'));
  return Promise.resolve(exitCodes.ok);
};
