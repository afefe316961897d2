import { lifecycleTargets } from '@podscope/index-manager';
import { describe, expect, it } from 'vitest';
import { catalogues, dataStreams, type Family, workshopIndexSetup } from './setup.ts';

describe('workshopIndexSetup', () => {
  it.each(Object.keys(catalogues) as Family[])('has a strict template and a data stream behind %s-*', (family) => {
    const template = workshopIndexSetup.indexTemplates[`podscope-${family}`];
    expect(template?.index_patterns).toEqual([`${family}-*`]);
    expect(template?.template?.mappings).toMatchObject({ dynamic: 'strict', properties: { '@timestamp': { type: 'date' } } });
    expect(workshopIndexSetup.dataStreams).toContain(dataStreams[family]);
  });

  it('keeps what every data stream has for two weeks', () => {
    expect(lifecycleTargets(workshopIndexSetup)).toEqual(Object.values(dataStreams).map((name) => ({ name, policy: 'podscope-retention' })));
  });

  it('sends access logs through no pipeline', () => {
    expect(workshopIndexSetup.indexTemplates['podscope-apache']?.template?.settings).toEqual({});
  });
});
