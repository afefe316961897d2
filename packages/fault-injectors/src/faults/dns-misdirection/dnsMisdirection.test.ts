import { describe, expect, it } from 'vitest';
import type { Service } from '../../kubernetes/objects/services.ts';
import { dnsMisdirection, leadingElsewhere } from './index.ts';

const service: Service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web' },
  spec: { type: 'ClusterIP', clusterIP: '10.0.0.7', clusterIPs: ['10.0.0.7'], ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack', internalTrafficPolicy: 'Cluster', sessionAffinity: 'None', selector: { app: 'web' }, ports: [{ port: 80 }] },
};

describe('dns-misdirection', () => {
  it('turns a Service into a name, without what only an address has', () => {
    expect(leadingElsewhere(service, 'nowhere.invalid')).toEqual({ ...service, spec: { type: 'ExternalName', externalName: 'nowhere.invalid', sessionAffinity: 'None', selector: { app: 'web' }, ports: [{ port: 80 }] } });
  });

  it.each(['NodePort', 'LoadBalancer', 'ExternalName'])('is unfit for a Service of the type %s', (type) => {
    expect(() => leadingElsewhere({ ...service, spec: { ...service.spec, type } }, 'nowhere.invalid')).toThrow(expect.objectContaining({ code: 'FAULT_TARGET_UNFIT' }));
  });

  it.each([{}, { workload: 'web', service: 'web' }, { workload: 'web', nameserver: 'dns.example' }, { service: 'web', externalName: '-' }])('refuses %j', (wrong) => {
    expect(() => dnsMisdirection.from({ namespace: 'shop', ...wrong })).toThrow(expect.objectContaining({ code: 'FAULT_BAD_PARAMETERS' }));
  });

  it('needs rights on what it changes only', () => {
    const groups = (params: object) => new Set(dnsMisdirection.from({ namespace: 'shop', ...params }).on('kubernetes')?.accesses().filter(({ verb }) => verb === 'patch').map(({ resource }) => resource));
    expect([...groups({ workload: 'web' })]).toEqual(['deployments']);
    expect([...groups({ service: 'web' })]).toEqual(['services']);
  });
});
