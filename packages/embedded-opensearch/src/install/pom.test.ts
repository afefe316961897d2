import { describe, expect, it } from 'vitest';
import { reactorFiles, serverReactor } from './pom.ts';
import { releases } from '../releases.ts';
import { moduleDescriptor, moduleName, pluginClass, serverModules } from './server-modules.ts';

describe('serverReactor', () => {
  it('names what the server’s pom leaves out', () => {
    const lib = serverReactor('2.19.6', '2.25.4')['lib'] ?? [];
    expect(lib.map((each) => `${each.artifact}:${each.version}`)).toEqual([
      'opensearch:2.19.6', 'opensearch-plugin-classloader:2.19.6', 'log4j-core:2.25.4', 'spatial4j:0.7', 'jts-core:1.15.0',
    ]);
  });

  it('has the agent on 3.x only', () => {
    for (const version of ['2.19.6', '7.10.2']) expect(Object.keys(serverReactor(version, '2.25.4'))).not.toContain('agent');
    expect(serverReactor('3.8.0', '2.25.4')['agent']?.map((each) => each.artifact)).toEqual(['opensearch-agent', 'opensearch-agent-bootstrap']);
  });
});

describe('serverReactor of other servers', () => {
  it('takes Elasticsearch from Elastic, and what Elastic did not publish from CodeLibs', () => {
    const reactor = serverReactor('7.10.2', '2.11.1');
    expect(Object.keys(reactor)).toHaveLength(1 + 14);
    expect(reactor['lib']?.slice(0, 2).map((each) => `${each.group}:${each.artifact}`)).toEqual([
      'org.elasticsearch:elasticsearch', 'org.codelibs.elasticsearch.lib:plugin-classloader',
    ]);
    expect(reactor['reindex-client']).toEqual([{ group: 'org.elasticsearch.plugin', artifact: 'reindex-client', version: '7.10.2' }]);
    expect(reactor['lang-painless']).toEqual([{ group: 'org.codelibs.elasticsearch.module', artifact: 'lang-painless', version: '7.10.2' }]);
    expect(Object.values(reactor).flat().some((each) => each.group.includes('opensearch'))).toBe(false);
  });

  it('has the security plugin, as an archive, for the versions it is published for', () => {
    const secured = Object.keys(releases).filter((version) => 'opensearch-security' in serverReactor(version, '1'));
    expect(secured.sort()).toEqual(['2.19.4', '3.4.0']);
    expect(serverReactor('2.19.4', '1')['opensearch-security']).toEqual([
      { group: 'org.opensearch.plugin', artifact: 'opensearch-security', version: '2.19.4.0', type: 'zip' },
    ]);
    expect(reactorFiles(serverReactor('2.19.4', '1'))['opensearch-security/pom.xml']).toContain('<version>2.19.4.0</version><type>zip</type>');
  });

  it('takes a neighbour’s class loader, and leaves out modules, where the version’s own were not published', () => {
    expect(serverReactor('2.19.4', '1')['lib']?.[1]).toMatchObject({ artifact: 'opensearch-plugin-classloader', version: '2.19.6' });
    expect(Object.keys(serverReactor('3.4.0', '1'))).not.toContain('cache-common');
    expect(Object.keys(serverReactor('3.8.0', '1'))).toContain('cache-common');
  });
});

describe('reactorFiles', () => {
  it('writes one pom for each folder, and lists exactly these', () => {
    const reactor = serverReactor('3.8.0', '2.25.4');
    const files = reactorFiles(reactor);
    expect(Object.keys(files)).toHaveLength(1 + Object.keys(reactor).length);
    const listed = [...(files['pom.xml'] ?? '').matchAll(/<module>([^<]+)<\/module>/g)].map((match) => match[1]);
    expect(listed.sort()).toEqual(Object.keys(reactor).sort());
    expect(files['geo/pom.xml']).toContain('<groupId>org.opensearch.plugin</groupId><artifactId>geo</artifactId><version>3.8.0</version>');
  });

  it('names no repository', () => {
    expect(Object.values(reactorFiles(serverReactor('2.19.6', '1'))).join('')).not.toMatch(/<repositor|<url>/);
  });

  it('refuses a version that would be more than a word', () => {
    expect(() => reactorFiles(serverReactor('2</version>', '1'))).toThrow(TypeError);
  });
});

describe('server modules', () => {
  it('are named as on disk', () => {
    const names = serverModules('2.19.6').map(moduleName);
    expect(names).toContain('transport-netty4');
    expect(new Set(names).size).toBe(18);
  });

  it('extend modules that are there', () => {
    const modules = serverModules('7.10.2');
    const names = new Set(modules.map(moduleName));
    const extended = modules.flatMap((module) => module.extends ?? []);
    expect(extended).toEqual(['lang-painless', 'lang-painless']);
    expect(extended.every((name) => names.has(name))).toBe(true);
  });

  it('are described for the version they run in', () => {
    const text = moduleDescriptor({ artifact: 'reindex-client', extends: 'lang-painless' }, '3.8.0', 'a.BPlugin');
    expect(text.split('\n')).toEqual(expect.arrayContaining(['name=reindex', 'classname=a.BPlugin', 'java.version=21', 'opensearch.version=3.8.0', 'extended.plugins=lang-painless']));
  });

  it('ask for permissions under the names of their own server', () => {
    const policies = (version: string): string => serverModules(version).flatMap(({ policy = [] }) => policy).join('\n');
    expect(policies('7.10.2')).toContain('org.elasticsearch.script.ClassPermission "java.lang.Math"');
    expect(policies('7.10.2')).toContain('${codebase.elasticsearch-rest-client}');
    expect(policies('7.10.2')).not.toContain('opensearch');
    expect(policies('2.19.6')).not.toContain('elasticsearch');
    expect(moduleDescriptor({ artifact: 'reindex-client' }, '7.10.2', 'a.BPlugin').split('\n')).toEqual(expect.arrayContaining(['elasticsearch.version=7.10.2', 'java.version=11']));
  });

  it('are loaded by their one plugin class', () => {
    expect(pluginClass('x', ['a/XPlugin.class', 'a/XPlugin$Inner.class', 'a/Other.class'])).toBe('a.XPlugin');
    expect(() => pluginClass('x', ['a/Other.class'])).toThrow(/0 plugin classes/);
    expect(() => pluginClass('x', ['a/XPlugin.class', 'b/YPlugin.class'])).toThrow(/2 plugin classes/);
  });
});
