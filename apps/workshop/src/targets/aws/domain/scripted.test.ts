import { describe, expect, it } from 'vitest';
import type { AwsClients } from '../clients.ts';
import { changeDomain, planDomainChange, tryDomainChange } from './change.ts';
import type { DomainState } from './observe.ts';
import { waitForDomain } from './progress.ts';
import { upgradeDomain } from './upgrade.ts';

/**
 * A stand-in for the SDK's client, for what the test's AWS never answers: failed checks and changes. Each command has answers in their
 * order, of which the last one holds on; their members are those of the SDK's own models, as the types of the SDK say.
 */
function scripted(script: Readonly<Record<string, readonly object[]>>): { readonly clients: Pick<AwsClients, 'opensearch' | 'region'>; readonly asked: readonly string[] } {
  const asked: string[] = [];
  const send = async (command: object): Promise<object> => {
    const name = command.constructor.name.replace(/Command$/u, '');
    const answers = script[name] ?? expect.fail(`${name} is not in the script`);
    const count = asked.filter((each) => each === name).length;
    asked.push(name);
    return answers[Math.min(count, answers.length - 1)] ?? {};
  };
  return { clients: { region: 'eu-central-1', opensearch: { send } as unknown as AwsClients['opensearch'] }, asked };
}

const domain = (change: object = {}): object => ({
  DomainStatus: { DomainName: 'podscope', ARN: 'arn:aws:es:eu-central-1:123456789012:domain/podscope', Created: true, Endpoints: { vpc: 'vpc-x' }, EngineVersion: 'OpenSearch_2.17', DomainProcessingStatus: 'Active', ...change },
});
const state = { name: 'podscope', arn: 'arn', count: 2, type: 't3.medium.search', diskGiB: 20, engineVersion: 'OpenSearch_2.19', subnetIds: ['a', 'b'] } as unknown as DomainState;
const larger = () => planDomainChange(state, { size: { count: 2, type: 't3.medium.search', diskGiB: 40 } }) ?? expect.fail();
const intervalMs = 1;

describe('a change that the service would refuse', () => {
  const DryRunProgressStatus = { DryRunId: 'd', CreationDate: '', UpdateDate: '' };
  const script = {
    DescribeDomain: [domain()],
    UpdateDomainConfig: [{ DomainConfig: {}, DryRunProgressStatus: { ...DryRunProgressStatus, DryRunStatus: 'pending' } }],
    DescribeDryRunProgress: [
      { DryRunProgressStatus: { ...DryRunProgressStatus, DryRunStatus: 'pending' } },
      { DryRunProgressStatus: { ...DryRunProgressStatus, DryRunStatus: 'failed', ValidationFailures: [{ Code: 'Cluster.Index.WriteBlock', Message: 'The domain has blocked indices.' }] }, DryRunResults: { DeploymentType: 'Blue/Green', Message: 'failed' } },
    ],
  };

  it('is tried until the check has ended, and told with its reasons', async () => {
    const { clients, asked } = scripted(script);
    expect(await tryDomainChange(clients, larger(), { intervalMs })).toEqual({ deployment: 'blue-green', message: 'failed', failures: ['Cluster.Index.WriteBlock: The domain has blocked indices.'] });
    expect(asked).toEqual(['UpdateDomainConfig', 'DescribeDryRunProgress', 'DescribeDryRunProgress']);
  });

  it('is not made', async () => {
    const { clients, asked } = scripted(script);
    await expect(changeDomain(clients, larger(), { intervalMs })).rejects.toMatchObject({ code: 'AWS_DOMAIN_CHANGE_REFUSED', details: ['Cluster.Index.WriteBlock: The domain has blocked indices.'] });
    expect(asked.filter((name) => name === 'UpdateDomainConfig')).toHaveLength(1);
  });

  it('is given up when the check does not end', async () => {
    const { clients } = scripted({ ...script, DescribeDryRunProgress: script.DescribeDryRunProgress.slice(0, 1) });
    await expect(tryDomainChange(clients, larger(), { intervalMs, timeoutMs: 20 })).rejects.toMatchObject({ code: 'AWS_DOMAIN_STUCK' });
  });

  it.each([['DynamicUpdate', 'in-place'], ['None', 'none'], ['Undetermined', 'undetermined'], ['Blue/Green', 'blue-green']])('%s is %s', async (DeploymentType, deployment) => {
    const { clients } = scripted({ UpdateDomainConfig: [{ DomainConfig: {}, DryRunResults: { DeploymentType, Message: '' } }] });
    expect(await tryDomainChange(clients, larger(), { intervalMs })).toMatchObject({ deployment, failures: [] });
  });
});

describe('a change that fails on its way', () => {
  it('is told with the stage that failed', async () => {
    const { clients } = scripted({
      DescribeDomain: [domain({ Processing: true, DomainProcessingStatus: 'Modifying', ChangeProgressDetails: { ChangeId: 'c' } })],
      DescribeDomainChangeProgress: [
        { ChangeProgressStatus: { ChangeId: 'c', Status: 'PROCESSING', TotalNumberOfStages: 2, ChangeProgressStages: [{ Name: 'Validation', Status: 'IN_PROGRESS' }] } },
        { ChangeProgressStatus: { ChangeId: 'c', Status: 'FAILED', ConfigChangeStatus: 'ValidationFailed', ChangeProgressStages: [{ Name: 'Validation', Status: 'FAILED', Description: 'no addresses left in subnet-a' }] } },
      ],
    });
    await expect(waitForDomain(clients, 'podscope', { until: 'active', intervalMs })).rejects.toMatchObject({ code: 'AWS_DOMAIN_FAILED', message: expect.stringContaining('no addresses left in subnet-a') as string });
  });

  it.each([['Isolated', 'suspended'], ['Deleting', 'being deleted']])('so is a domain that is %s', async (DomainProcessingStatus, words) => {
    const { clients } = scripted({ DescribeDomain: [domain({ DomainProcessingStatus })], DescribeDomainChangeProgress: [{}] });
    await expect(waitForDomain(clients, 'podscope', { until: 'active', intervalMs })).rejects.toMatchObject({ code: 'AWS_DOMAIN_FAILED', message: expect.stringContaining(words) as string });
  });
});

describe('an upgrade', () => {
  const versions = { DescribeDomain: [domain()], GetCompatibleVersions: [{ CompatibleVersions: [{ SourceVersion: 'OpenSearch_2.17', TargetVersions: ['OpenSearch_2.19'] }] }], UpgradeDomain: [{}] };

  it('is not begun when its check fails', async () => {
    const { clients, asked } = scripted({
      ...versions,
      GetUpgradeStatus: [{ UpgradeStep: 'PRE_UPGRADE_CHECK', StepStatus: 'IN_PROGRESS' }, { UpgradeStep: 'PRE_UPGRADE_CHECK', StepStatus: 'FAILED' }],
      GetUpgradeHistory: [{ UpgradeHistories: [{ StepsList: [{ Issues: ['The domain has indices of an older version.'] }] }] }],
    });
    await expect(upgradeDomain(clients, 'podscope', 'OpenSearch_2.19', { intervalMs })).rejects.toMatchObject({ code: 'AWS_DOMAIN_CHANGE_REFUSED', details: ['The domain has indices of an older version.'] });
    expect(asked.filter((name) => name === 'UpgradeDomain')).toHaveLength(1);
  });

  it('has not ended before the domain has the version, whatever the status of the one before says', async () => {
    const { clients, asked } = scripted({
      ...versions,
      DescribeDomain: [domain(), domain(), domain({ UpgradeProcessing: true, DomainProcessingStatus: 'UpgradingEngineVersion' }), domain({ EngineVersion: 'OpenSearch_2.19' })],
      GetUpgradeStatus: [{ UpgradeStep: 'PRE_UPGRADE_CHECK', StepStatus: 'SUCCEEDED' }, { UpgradeStep: 'PRE_UPGRADE_CHECK', StepStatus: 'SUCCEEDED' }, { UpgradeStep: 'SNAPSHOT', StepStatus: 'SUCCEEDED' }, { UpgradeStep: 'UPGRADE', StepStatus: 'SUCCEEDED_WITH_ISSUES' }],
    });
    expect(await upgradeDomain(clients, 'podscope', 'OpenSearch_2.19', { intervalMs })).toMatchObject({ engineVersion: 'OpenSearch_2.19' });
    expect(asked.filter((name) => name === 'GetUpgradeStatus')).toHaveLength(4);
  });

  it('that fails on its way is told with the step', async () => {
    const { clients } = scripted({ ...versions, GetUpgradeStatus: [{ UpgradeStep: 'PRE_UPGRADE_CHECK', StepStatus: 'SUCCEEDED' }, { UpgradeStep: 'SNAPSHOT', StepStatus: 'FAILED' }], GetUpgradeHistory: [{}] });
    await expect(upgradeDomain(clients, 'podscope', 'OpenSearch_2.19', { intervalMs })).rejects.toMatchObject({ code: 'AWS_DOMAIN_FAILED', message: expect.stringContaining('SNAPSHOT') as string });
  });
});
