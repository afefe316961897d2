import { isPodscopeError } from '@podscope/core';
import { execFile } from 'node:child_process';
import { mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { folderOf } from './fixtures/folder.ts';
import { loadIndexSetup } from './load.ts';

/** The lines that a folder is refused with; empty when it is not. */
async function linesOf(dir: string): Promise<readonly string[]> {
  try {
    await loadIndexSetup(dir);
    return [];
  } catch (error) {
    if (isPodscopeError(error, 'INDEX_SETUP_INVALID')) return error.details;
    throw error;
  }
}

async function refusalOf(files: Readonly<Record<string, string | Uint8Array>>): Promise<readonly string[]> {
  await using folder = await folderOf(files);
  return await linesOf(folder.path);
}

const WEB = 'index_patterns: [web-*]\n';

describe('loadIndexSetup', () => {
  it('reads every section, from YAML and JSON, from single files and from setup.yaml', async () => {
    await using folder = await folderOf({
      'README.md': '# What this is',
      '.editorconfig': 'root = true',
      'setup.yaml': 'owner: shop\naliases:\n  web-errors: {indices: {web-a-000001: {filter: {term: {level: error}}}}}\ncomponentTemplates:\n  base: {template: {}}\n',
      'component-templates/more.json': '\uFEFF{\r\n  "template": {"settings": {"number_of_shards": 1}}\r\n}\r\n',
      'component-templates/README': 'left alone',
      'index-templates/web.yml': 'index_patterns:\r\n  - web-*\r\ncomposed_of: [base, more]\r\ntemplate:\r\n  mappings:\r\n    _meta:\r\n      note: |\r\n        two\r\n        lines\r\n',
      'index-templates/logs.yaml': 'index_patterns: [logs-*]\ndata_stream: {}\n',
      'legacy-templates/old.yaml': 'index_patterns: [old-*]\norder: 1\n',
      'ingest-pipelines/a.b.yaml': 'processors: []\nversion: 1\n',
      'lifecycle-policies/keep.yaml': 'policy: {phases: {hot: {actions: {}}}}\n',
      'aliases/web-all.yaml': 'indices: {web-a-000001: {}}\n',
      'data-streams.yaml': '- logs-web\n',
      'rollover-aliases.yaml': 'web-a: {}\n',
      'cluster-settings.yaml': 'action.auto_create_index: ["-logs-*", "+*"]\ncluster.max_shards_per_node: 2000\n',
    });
    expect(await loadIndexSetup(folder.path)).toEqual({
      owner: 'shop',
      componentTemplates: { base: { template: {} }, more: { template: { settings: { number_of_shards: 1 } } } },
      indexTemplates: { web: { index_patterns: ['web-*'], composed_of: ['base', 'more'], template: { mappings: { _meta: { note: 'two\nlines\n' } } } }, logs: { index_patterns: ['logs-*'], data_stream: {} } },
      legacyTemplates: { old: { index_patterns: ['old-*'], order: 1 } },
      ingestPipelines: { 'a.b': { processors: [], version: 1 } },
      lifecyclePolicies: { keep: { phases: { hot: { actions: {} } } } },
      aliases: { 'web-errors': { indices: { 'web-a-000001': { filter: { term: { level: 'error' } } } } }, 'web-all': { indices: { 'web-a-000001': {} } } },
      dataStreams: ['logs-web'],
      rolloverAliases: { 'web-a': {} },
      clusterSettings: { 'action.auto_create_index': ['-logs-*', '+*'], 'cluster.max_shards_per_node': 2000 },
    });
  });

  it('takes what a server answers to a GET of the thing', async () => {
    await using folder = await folderOf({
      'component-templates/base.json': '{"component_templates": [{"name": "base", "component_template": {"template": {}}}]}',
      'index-templates/web.json': '{"index_templates": [{"name": "web", "index_template": {"index_patterns": ["web-*"], "composed_of": ["base"]}}]}',
      'legacy-templates/old.json': '{"old": {"index_patterns": ["old-*"], "settings": {}}}',
      'ingest-pipelines/levels.json': '{"levels": {"processors": []}}',
      'lifecycle-policies/ism.json': '{"_id": "ism", "_seq_no": 3, "_primary_term": 1, "policy": {"description": "", "default_state": "a", "states": [{"name": "a"}]}}',
      'lifecycle-policies/ilm.json': '{"ilm": {"version": 1, "modified_date": "2026-01-01T00:00:00Z", "policy": {"phases": {"hot": {"actions": {}}}}}}',
    });
    expect(await loadIndexSetup(folder.path)).toMatchObject({
      componentTemplates: { base: { template: {} } },
      indexTemplates: { web: { index_patterns: ['web-*'] } },
      legacyTemplates: { old: { index_patterns: ['old-*'] } },
      ingestPipelines: { levels: { processors: [] } },
      lifecyclePolicies: { ism: { default_state: 'a' }, ilm: { phases: {} } },
    });
    expect(await refusalOf({ 'component-templates/mine.json': '{"component_templates": [{"name": "base", "component_template": {"template": {}}}]}' })).toEqual([
      'component-templates/mine.json:1:1: component template "mine", template is missing; allowed: template must be given',
      'component-templates/mine.json:1:2: component template "mine", component_templates is not known; allowed: template, version, _meta',
    ]);
  });

  it.each<[string, Readonly<Record<string, string | Uint8Array>>, readonly string[]]>([
    ['YAML that is none', { 'index-templates/web.yaml': `${WEB}a: b: c\n` }, ['index-templates/web.yaml:2:4: is no YAML: Nested mappings are not allowed in compact mappings; allowed: YAML 1.2']],
    ['a tab', { 'index-templates/web.yaml': 'index_patterns:\n\t- web-*\n' }, ['index-templates/web.yaml:2:1: is no YAML: Tabs are not allowed as indentation; allowed: YAML 1.2']],
    ['JSON with a comma too many', { 'index-templates/web.json': '{\n  "index_patterns": ["web-*"],\n}\n' }, ['index-templates/web.json:3:1: "}" follows ","; allowed: a member']],
    ['JSON with a comment', { 'index-templates/web.json': '// mine\n{}' }, ['index-templates/web.json:1:1: "/" is no value of JSON; allowed: an object, a list, a text in double quotes, a number, true, false or null']],
    ['JSON that ends early', { 'index-templates/web.json': '{"index_patterns": ["web-*"]\n' }, ['index-templates/web.json:2:1: the end of the file follows a member; allowed: "," or "}"']],
    ['YAML in a JSON file', { 'index-templates/web.json': WEB }, ['index-templates/web.json:1:1: "index_patterns" is no value of JSON; allowed: an object, a list, a text in double quotes, a number, true, false or null']],
    ['a key that is there twice', { 'index-templates/web.yaml': `${WEB}priority: 1\nversion: 1\npriority: 2\n` }, ['index-templates/web.yaml:4:1: "priority" is there twice; allowed: each member once; the other place is index-templates/web.yaml:2:1']],
    ['also in JSON', { 'ingest-pipelines/p.json': '{"processors": [],\n "processors": []}' }, ['ingest-pipelines/p.json:2:2: "processors" is there twice; allowed: each member once; the other place is ingest-pipelines/p.json:1:2']],
    ['a wrong key', { 'index-templates/web.yaml': `${WEB}priorty: 1\n` }, ['index-templates/web.yaml:2:1: index template "web", priorty is not known; allowed: index_patterns, composed_of, priority, data_stream, template, version, _meta; did you mean "priority"?']],
    ['a wrong key deep inside', { 'component-templates/base.yaml': 'template:\n  setings: {}\n' }, ['component-templates/base.yaml:2:3: component template "base", template.setings is not known; allowed: settings, mappings, aliases; did you mean "settings"?']],
    ['a wrong type', { 'index-templates/web.yaml': `${WEB}priority: "7"\n` }, ['index-templates/web.yaml:2:1: index template "web", priority is "7"; allowed: a whole number from 0']],
    ['a wrong item of a list', { 'index-templates/web.yaml': 'index_patterns:\n  - web-*\n  - 7\n' }, ['index-templates/web.yaml:3:5: index template "web", index_patterns.1 is 7; allowed: a text']],
    ['a thing that is a list', { 'ingest-pipelines/p.yaml': '# mine\n- set: {}\n' }, ['ingest-pipelines/p.yaml:2:1: ingest pipeline "p" is [{"set":{}}]; allowed: an object']],
    ['one name in two files', { 'index-templates/web.yaml': WEB, 'index-templates/web.json': '{"index_patterns": ["web-*"]}' }, ['index-templates/web.yaml:1:1: index template "web" is defined twice; allowed: one index template of that name; the other place is index-templates/web.json:1:1']],
    ['one name in a file and in setup.yaml', { 'index-templates/web.yaml': WEB, 'setup.yaml': 'indexTemplates:\n  web: {index_patterns: [web-*], priorty: 1}\n' }, [
      'setup.yaml:2:3: index template "web" is defined twice; allowed: one index template of that name; the other place is index-templates/web.yaml:1:1',
      'setup.yaml:2:34: index template "web", priorty is not known; allowed: index_patterns, composed_of, priority, data_stream, template, version, _meta; did you mean "priority"?',
    ]],
    ['a component that is not there', { 'component-templates/base.yaml': 'template: {}\n', 'index-templates/web.yaml': `${WEB}composed_of:\n  - base\n  - bsae\n` }, ['index-templates/web.yaml:4:5: index template "web" is composed of "bsae", which the setup does not define; allowed: base; did you mean "base"?']],
    ['a pipeline that is not there', { 'component-templates/base.yaml': 'template:\n  settings:\n    index:\n      final_pipeline: lost\n' }, ['component-templates/base.yaml:4:7: component template "base": index.final_pipeline names "lost", which the setup does not define; allowed: none, as it defines none']],
    ['equal priorities', { 'index-templates/one.yaml': `${WEB}priority: 5\n`, 'index-templates/two.yaml': 'index_patterns: [web-a*]\nversion: 1\npriority: 5\n' }, ['index-templates/two.yaml:3:1: index templates "one" and "two" have the priority 5 both, and "web-*" and "web-a*" have names in common; allowed: another priority for one of them; the other place is index-templates/one.yaml:2:1']],
    ['a pattern that hits system indices', { 'index-templates/all.yaml': 'index_patterns:\n  - "*"\n' }, ['index-templates/all.yaml:2:5: index template "all": pattern "*" must start with a lower-case letter or digit, so that it never reaches system indices; allowed: lower-case letters, digits, ".", "_", "-" and "*"']],
    ['a pattern of a policy that does', { 'lifecycle-policies/keep.yaml': 'description: x\ndefault_state: a\nstates: [{name: a}]\nism_template:\n  - index_patterns: [ok-*, .kibana]\n' }, ['lifecycle-policies/keep.yaml:5:28: lifecycle policy "keep": pattern ".kibana" must start with a lower-case letter or digit, so that it never reaches system indices; allowed: lower-case letters, digits, ".", "_", "-" and "*"']],
    ['a name that no server takes', { 'ingest-pipelines/My Pipe.yaml': 'processors: []\n' }, ['ingest-pipelines/My Pipe.yaml:1:1: ingest pipeline "My Pipe": the name can\'t be used on every server; allowed: lower case, beginning with a letter or digit, then letters, digits, ".", "_", "-", "@" or "+", at most 255']],
    ['a state that is none', { 'lifecycle-policies/keep.json': '{\n  "policy": {\n    "description": "",\n    "default_state": "hot",\n    "states": [{ "name": "hit" }]\n  }\n}\n' }, ['lifecycle-policies/keep.json:4:5: lifecycle policy "keep", default_state names "hot", which is no state; allowed: hit; did you mean "hit"?']],
    ['an action that is none', { 'lifecycle-policies/keep.yaml': 'description: ""\ndefault_state: a\nstates:\n  - name: a\n    actions:\n      - delet: {}\n' }, [expect.stringMatching(/^lifecycle-policies\/keep\.yaml:6:9: lifecycle policy "keep", states\.0\.actions\.0\.delet is no action; allowed: .*; did you mean "delete"\?$/u) as unknown as string]],
    ['a member with dots in its name', { 'lifecycle-policies/keep.yaml': 'phases:\n  warm:\n    actions:\n      allocate:\n        require:\n          box: a\n          box.type: 5\n' }, ['lifecycle-policies/keep.yaml:7:11: lifecycle policy "keep", phases.warm.actions.allocate.require.box.type is 5; allowed: a text']],
    ['a data stream without a template', { 'data-streams.yaml': '- web-a\n' }, ['data-streams.yaml:1:3: data stream "web-a": no index template of the setup matches it; allowed: a name that a template with data_stream has a pattern for']],
    ['a data stream twice', { 'index-templates/web.yaml': `${WEB}data_stream: {}\n`, 'data-streams.yaml': '- web-a\n', 'setup.json': '{"dataStreams":\n ["web-a"]}' }, ['setup.json:2:3: data stream "web-a" is named twice; the other place is data-streams.yaml:1:3']],
    ['names that are shared', { 'index-templates/web.yaml': WEB, 'rollover-aliases.yaml': 'web-a: {}\n', 'aliases/web-a.yaml': 'indices: {web-1: {}}\n' }, ['aliases/web-a.yaml:1:1: alias "web-a" has the name of a rollover alias of the setup; the other place is rollover-aliases.yaml:1:1']],
    ['settings that are nested', { 'cluster-settings.yaml': 'cluster:\n  max_shards_per_node: 1\n' }, [
      'cluster-settings.yaml:1:1: cluster setting "cluster" is {"max_shards_per_node":1}; allowed: a text, a number, true, false or a list of texts, under the whole dotted name',
      'cluster-settings.yaml:1:1: cluster setting "cluster" is not a dotted name; allowed: the whole name, such as "action.auto_create_index"',
    ]],
    ['a section that is none', { 'setup.yaml': 'owner: 5\nindex-templates: {}\n' }, [
      'setup.yaml:1:1: the setup, owner is 5; allowed: a text',
      'setup.yaml:2:1: the setup, index-templates is not known; allowed: owner, clusterSettings, componentTemplates, ingestPipelines, lifecyclePolicies, legacyTemplates, indexTemplates, dataStreams, rolloverAliases, aliases; did you mean "indexTemplates"?',
    ]],
    ['a section of another kind', { 'setup.yaml': 'aliases: []\n', 'data-streams.yaml': 'web-a: {}\n' }, ['data-streams.yaml:1:1: the setup, dataStreams is {"web-a":{}}; allowed: a list', 'setup.yaml:1:1: the setup, aliases is []; allowed: an object']],
    ['a setup that is a list', { 'setup.yaml': '- a\n' }, ['setup.yaml:1:1: the setup is a list; allowed: owner, clusterSettings, componentTemplates, ingestPipelines, lifecyclePolicies, legacyTemplates, indexTemplates, dataStreams, rolloverAliases, aliases']],
    ['a folder that is none', { 'component-template/base.yaml': 'template: {}\n' }, ['component-template/:1:1: is no folder of an index setup; allowed: the folders component-templates, ingest-pipelines, lifecycle-policies, legacy-templates, index-templates, aliases, and the files setup.yaml, cluster-settings.yaml, data-streams.yaml, rollover-aliases.yaml; did you mean "component-templates"?']],
    ['a file that is none', { 'data-stream.yaml': '- a\n' }, ['data-stream.yaml:1:1: is no file of an index setup; allowed: setup.yaml, cluster-settings.yaml, data-streams.yaml, rollover-aliases.yaml (or .yaml, .yml, .json), and the folders component-templates, ingest-pipelines, lifecycle-policies, legacy-templates, index-templates, aliases; did you mean "data-streams.yaml"?']],
    ['a file of another kind', { 'aliases/web.yaml~': 'x' }, ['aliases/web.yaml~:1:1: is neither YAML nor JSON by its name; allowed: the name of the thing and .yaml, .yml, .json']],
    ['a folder in a folder', { 'aliases/more/web.yaml': 'x' }, ['aliases/more/:1:1: is a folder in a folder; allowed: files that end in .yaml, .yml, .json']],
    ['an empty file', { 'aliases/web.yaml': '' }, ['aliases/web.yaml:1:1: is empty; allowed: what the thing or section consists of; a file that is not needed can be deleted']],
    ['a file of comments', { 'aliases/web.yaml': '# later\n' }, ['aliases/web.yaml:1:1: is empty; allowed: what the thing or section consists of; a file that is not needed can be deleted']],
    ['two documents', { 'aliases/web.yaml': 'indices: {web-1: {}}\n---\nindices: {}\n' }, ['aliases/web.yaml:2:1: a second document begins; allowed: one document in a file']],
    ['a secret, which is not repeated', { 'ingest-pipelines/p.yaml': 'processors: ["https://ann:hunter2-with-a-very-long-tail-of-its-own@shop/"]\n' }, ['ingest-pipelines/p.yaml:1:14: ingest pipeline "p", processors.0 is "https://ann:[redacted]@shop/"; allowed: one processor under its name, such as {"set": {…}}']],
    ['a name with control characters', { 'aliases/a\u001b[31m.yaml': 'indices: {web-1: {}}' }, ['aliases/a\\u001b[31m.yaml:1:1: alias "a\\u001b[31m": the name can\'t be used on every server; allowed: lower case, beginning with a letter or digit, then letters, digits, ".", "_" or "-", at most 255']],
  ])('refuses %s', async (_, files, lines) => {
    expect(await refusalOf(files)).toEqual(lines);
  });

  it.each<[string, string, string]>([
    ['a number that is too large', '_meta: {a: 9007199254740993}', '2:12: the number 9007199254740993 can\'t be kept exactly; allowed: whole numbers up to 9007199254740991, or the number as a text in quotes'],
    ['yes', '_meta: {a: yes}', '2:12: yes without quotes is a text in YAML 1.2, and true or false in YAML 1.1; allowed: true, false, or "yes" in quotes'],
    ['No', '_meta: {a: No}', '2:12: No without quotes is a text in YAML 1.2, and true or false in YAML 1.1; allowed: true, false, or "No" in quotes'],
    ['an octal number', '_meta: {a: 0755}', '2:12: 0755 without quotes is a decimal number in YAML 1.2, and an octal one in YAML 1.1; allowed: the number without zeros before it, or "0755" in quotes'],
    ['a time', '_meta: {a: 12:30}', '2:12: 12:30 without quotes is a text in YAML 1.2, and a number of base 60 in YAML 1.1; allowed: "12:30" in quotes'],
    ['underscores', '_meta: {a: 1_000}', '2:12: 1_000 without quotes is a text in YAML 1.2, and a number in YAML 1.1; allowed: the number without "_", or "1_000" in quotes'],
    ['infinity', '_meta: {a: .inf}', '2:12: .inf is no number of JSON; allowed: a number, or a text in quotes'],
    ['a tag of code', '_meta: {a: !!js/function "() => 1"}', '2:12: the tag !!js/function stands for nothing that JSON has; allowed: texts, numbers, true, false, null, lists and objects'],
    ['a merge key', '_meta: {<<: {a: 1}}', '2:9: the merge key "<<" is no part of YAML 1.2; allowed: the members themselves, or an alias (*name) for a whole value'],
    ['a key that is a list', '_meta: {? [a] : 1}', '2:11: the name of a member is no text; allowed: a text'],
    ['an alias of nothing', '_meta: {a: *b}', '2:12: nothing before the alias *b is called so; allowed: the name of an anchor (&) before it'],
    ['an alias of itself', '_meta: &b {a: *b}', '2:15: the alias *b stands inside of what it repeats; allowed: the name of an anchor (&) before it'],
  ])('does not guess at %s', async (_, line, problem) => {
    expect(await refusalOf({ 'index-templates/web.yaml': `${WEB}${line}\n` })).toEqual([`index-templates/web.yaml:${problem}`]);
  });

  it('takes for text what looks like a date, and for names what looks like numbers', async () => {
    await using folder = await folderOf({ 'index-templates/web.yaml': `${WEB}_meta: &m {since: 2026-01-01, 404: gone, 1.10: ten, on: "yes", "<<": 1}\ntemplate: {mappings: {_meta: *m}}\n` });
    const meta = { since: '2026-01-01', 404: 'gone', '1.10': 'ten', on: 'yes', '<<': 1 };
    expect((await loadIndexSetup(folder.path)).indexTemplates).toEqual({ web: { index_patterns: ['web-*'], _meta: meta, template: { mappings: { _meta: meta } } } });
  });

  it('keeps a member named __proto__ a member', async () => {
    await using folder = await folderOf({ 'component-templates/a.yaml': 'template: {mappings: {properties: {__proto__: {type: keyword}}}}', 'component-templates/b.json': '{"template": {"mappings": {"properties": {"__proto__": {"type": "keyword"}}}}}' });
    const { componentTemplates } = await loadIndexSetup(folder.path);
    for (const name of ['a', 'b']) expect(JSON.stringify(componentTemplates[name])).toBe('{"template":{"mappings":{"properties":{"__proto__":{"type":"keyword"}}}}}');
  });

  it('ends for bombs and abysses in an error', async () => {
    const letters = [...'abcdefghijklmnopqrst'];
    const bomb = letters.map((letter, at) => `${letter}: &${letter} [${at === 0 ? 'x' : Array.from({ length: 9 }, () => `*${letters[at - 1]}`).join(', ')}]`).join('\n');
    const chain = Array.from({ length: 5000 }, (_, at) => `a${at}: &a${at} [${at === 0 ? 'x' : `*a${at - 1}`}]`).join('\n');
    expect(await refusalOf({ 'aliases/bomb.yaml': bomb, 'aliases/chain.yaml': chain, 'aliases/deep.yaml': '['.repeat(5000), 'aliases/deeper.json': '['.repeat(5000), 'aliases/maps.yaml': `${'{a: '.repeat(300)}${'}'.repeat(300)}` })).toEqual([
      'aliases/bomb.yaml:1:1: unfolds through its aliases into too much; allowed: 1000000 values',
      'aliases/chain.yaml:1:1: is nested too deeply; allowed: 200 levels',
      expect.stringMatching(/^aliases\/deep\.yaml:1:\d+: is nested too deeply; allowed: 200 levels$/u),
      'aliases/deeper.json:1:201: is nested too deeply; allowed: 200 levels',
      'aliases/maps.yaml:1:801: is nested too deeply; allowed: 200 levels',
    ]);
  });

  it('refuses bytes that are no text, where they are', async () => {
    const text = (...parts: readonly (string | number)[]) => Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from([part]))));
    expect(
      await refusalOf({
        'aliases/binary.yaml': text('indices:\r\n  é: ', 0, 'x'),
        'aliases/latin.yaml': text('indices:\n  a', 0xe9, ': {}\n'),
        'aliases/stray.json': text('{"a":\n "', ...Array.from({ length: 50 }, () => 0x81), '"}'),
        'aliases/cut.json': text('{"a": "', 0xf0, 0x9f),
        'aliases/wide.yaml': Buffer.from('\uFEFFindices: {}', 'utf16le'),
      }),
    ).toEqual([
      'aliases/binary.yaml:2:6: is no text file: it has a zero byte; allowed: a text in UTF-8',
      'aliases/cut.json:1:8: is not UTF-8; allowed: a text in UTF-8',
      'aliases/latin.yaml:2:4: is not UTF-8; allowed: a text in UTF-8',
      'aliases/stray.json:2:3: is not UTF-8; allowed: a text in UTF-8',
      'aliases/wide.yaml:1:1: is UTF-16; allowed: UTF-8',
    ]);
  });

  it('follows links inside of the folder only, and opens no pipe', async () => {
    await using outside = await folderOf({ 'web.yaml': WEB });
    await using folder = await folderOf({ '.data/web.yaml': WEB });
    await mkdir(join(folder.path, 'index-templates'));
    await symlink('../.data/web.yaml', join(folder.path, 'index-templates/web.yaml'));
    expect((await loadIndexSetup(folder.path)).indexTemplates).toEqual({ web: { index_patterns: ['web-*'] } });
    await symlink(join(outside.path, 'web.yaml'), join(folder.path, 'index-templates/other.yaml'));
    await symlink('nowhere', join(folder.path, 'index-templates/gone.yaml'));
    await symlink(outside.path, join(folder.path, 'aliases'));
    await promisify(execFile)('mkfifo', [join(folder.path, 'setup.yaml')]);
    expect(await linesOf(folder.path)).toEqual([
      'aliases:1:1: is a symbolic link that leaves the folder; allowed: links inside of the folder',
      'index-templates/gone.yaml:1:1: is a symbolic link that leads nowhere; allowed: links inside of the folder',
      'index-templates/other.yaml:1:1: is a symbolic link that leaves the folder; allowed: links inside of the folder',
      'setup.yaml:1:1: is no plain file; allowed: files and folders',
    ]);
  });

  it('has limits', async () => {
    await using folder = await folderOf({ 'component-templates/base.yaml': `template: {} # ${'x'.repeat(100)}\n`, 'index-templates/web.yaml': `${WEB}composed_of: [base]\n` });
    await expect(loadIndexSetup(folder.path, { largestFile: 100 })).rejects.toMatchObject({ details: ['component-templates/base.yaml:1:1: has 116 bytes; allowed: at most 100'] });
    await expect(loadIndexSetup(folder.path)).resolves.toBeDefined();
  });

  it('says everything at once, in the order of the files, and nothing that follows from what could not be read', async () => {
    expect(
      await refusalOf({
        'component-templates/base.yaml': 'a: b: c\n',
        'index-templates/web.yaml': '[',
        'index-templates/plain.yaml': 'index_patterns: [plain-*]\ncomposed_of: [base, lost]\nprio: 1\n',
        'data-streams.yaml': '- web-a\n- Web\n',
        'ingest-pipelines/p.yaml': 'processors: {}\n',
      }),
    ).toEqual([
      'component-templates/base.yaml:1:4: is no YAML: Nested mappings are not allowed in compact mappings; allowed: YAML 1.2',
      expect.stringMatching(/^data-streams\.yaml:2:3: data stream "Web": the name/u),
      expect.stringMatching(/^index-templates\/plain\.yaml:3:1: index template "plain", prio is not known/u),
      expect.stringMatching(/^index-templates\/web\.yaml:1:\d: is no YAML/u),
      expect.stringMatching(/^ingest-pipelines\/p\.yaml:1:1: ingest pipeline "p", processors is \{\}; allowed: a list/u),
    ]);
  });

  it('says which folder is not there', async () => {
    await using folder = await folderOf();
    expect(await loadIndexSetup(folder.path)).toMatchObject({ owner: 'podscope', indexTemplates: {} });
    await rm(folder.path, { recursive: true });
    await expect(loadIndexSetup(folder.path)).rejects.toMatchObject({ code: 'INDEX_FILES_UNREADABLE', message: expect.stringContaining(`${folder.path}: the folder itself (ENOENT)`) as unknown });
  });
});
