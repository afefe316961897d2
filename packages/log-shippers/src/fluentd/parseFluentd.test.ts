import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filter, fluentdFiles, label, match, parseFluentd, source, system, type Directive } from './index.ts';
import type { Item } from './syntax/element.ts';
import { parseSyntax } from './syntax/parseSyntax.ts';
import type { SyntaxNode } from './syntax/syntax.ts';
import { writeItems } from './syntax/writeElement.ts';

const FILE = `# What the pods say
<system>
  log_level info   # quieter than debug
</system>

<source>
  @type tail
  path /var/log/app.log
  pos_file "/var/lib/fluentd/app.pos"   # on a volume
  tag app.*
  exclude_path ["/var/log/a.gz", # packed
    "/var/log/b.gz"]
  <parse>
    @type regexp
    expression /^(?<message>.*)$/
  </parse>
</source>
@include conf.d/*.conf

<match app.** other.*>
  @type opensearch
  host "#{ENV['HOST'] || 'search'}"
  port 9200
  # as the server has it
  user admin
  password "#{ENV['PASSWORD']}"
  <buffer tag, time>
    @type file
    path /buffers/app
    timekey 1d
  </buffer>
</match>
`;

const mainOf = (config: Parameters<typeof fluentdFiles>[0]): string => fluentdFiles(config).files['fluent.conf'] as string;

describe('parseFluentd', () => {
  it('gives typed directives', () => {
    const { directives } = parseFluentd(FILE);
    expect(directives.map(({ directive, line }) => [directive, line])).toEqual([['system', 2], ['source', 6], ['include', 18], ['match', 20]]);
    expect(directives[1]).toMatchObject({ plugin: { '@type': 'tail', path: '/var/log/app.log', pos_file: '/var/lib/fluentd/app.pos', exclude_path: ['/var/log/a.gz', '/var/log/b.gz'], parse: { '@type': 'regexp' } } });
    expect(directives[3]).toMatchObject({ pattern: 'app.** other.*', plugin: { port: 9200, host: { ruby: "#{ENV['HOST'] || 'search'}" }, buffer: { '@argument': 'tag, time', '@type': 'file', timekey: '1d' } } });
  });

  it.each([
    ['Ruby for the name of a plugin', `<source>\n  @type tail\n  <parse>\n    @type "#{ENV['PARSER'] || 'json'}"\n  </parse>\n</source>\n<match **>\n  @type "#{ENV['OUTPUT']}"\n  some option\n</match>\n`],
    ['the old spelling of @type for a plugin that no list has', '<match **>\n  type elasticsearch\n  host h\n</match>\n'],
    ['sections of one kind with another between them', '<match **>\n  @type copy\n  <store>\n    @type null\n  </store>\n  <unheard>\n    a 1\n  </unheard>\n  <store>\n    @type stdout\n  </store>\n</match>\n'],
    ['names of JavaScript’s own', '<__proto__>\n  a 1\n</__proto__>\n<match a>\n  @type constructor\n  <toString>\n    b 1\n  </toString>\n</match>\n'],
    ['an escape that only Ruby\u2019s JSON takes', '<filter a>\n  @type kubernetes_metadata\n  annotation_match ["^a\\.b\\/c$"]\n</filter>\n'],
  ])('keeps %s, and where a neighbour changes too', (_what, text) => {
    const { directives, origin } = parseFluentd(text);
    expect(mainOf({ directives, origin } as Parameters<typeof fluentdFiles>[0])).toBe(text);
    const more = `${text}<match x>\n  @type null\n</match>\n`;
    expect(mainOf({ ...parseFluentd(text), directives: [...directives, match('x', { '@type': 'null' })] })).toBe(more);
  });

  it('keeps what no list has in extra', () => {
    const [directive] = parseFluentd('<match **>\n  @type unheard_of\n  some thing\n  <inner x>\n    a 1\n  </inner>\n</match>\n').directives;
    expect(directive).toMatchObject({ plugin: { '@type': { other: 'unheard_of' }, extra: { some: 'thing', inner: { '@argument': 'x', extra: { a: '1' } } } } });
  });

  it('writes the same bytes where nothing was changed', () => {
    expect(mainOf(parseFluentd(FILE))).toBe(FILE);
    const windows = FILE.replaceAll('\n', '\r\n').replace(/\["[^\]]*\]/, '["a"]');
    expect(mainOf(parseFluentd(windows))).toBe(windows);
    const unended = '<match **>\n  @type null\n</match>';
    expect(mainOf(parseFluentd(unended))).toBe(unended);
  });

  it('changes one value and leaves all else, comments too', () => {
    const { directives, origin } = parseFluentd(FILE);
    const changed = directives.map((each): Directive => (each.directive === 'source' ? { ...each, plugin: { ...each.plugin, pos_file: '/data/app.pos' } as typeof each.plugin } : each));
    expect(mainOf({ directives: changed, ...(origin === undefined ? {} : { origin }) })).toBe(FILE.replace('"/var/lib/fluentd/app.pos"', '/data/app.pos'));
  });

  it('adds, takes away and moves parts, and keeps the comments of the others', () => {
    const config = parseFluentd(FILE);
    const [first, second, third, last] = config.directives as [Directive, Directive, Directive, Directive];
    const added = filter('app.**', { '@type': 'grep', regexp: { key: 'message', pattern: '/x/' } });
    const text = mainOf({ ...config, directives: [first, second, added, last] });
    expect(text).toContain('# quieter than debug');
    expect(text).toContain('# as the server has it');
    expect(text).not.toContain('@include');
    expect(text.indexOf('<filter app.**>')).toBeGreaterThan(text.indexOf('</source>'));
    expect(text.indexOf('<filter app.**>')).toBeLessThan(text.indexOf('<match app'));
    expect(parseFluentd(text).directives.map(({ directive }) => directive)).toEqual(['system', 'source', 'filter', 'match']);
    expect(parseFluentd(mainOf({ ...config, directives: [last, third, second, first] })).directives.map(({ directive }) => directive)).toEqual(['match', 'include', 'source', 'system']);
  });

  it.each([
    ['a section without its end', '<match **>\n  @type null\n', '</match> is missing'],
    ['the end of another section', '<match **>\n</source>\n', '</match> is expected'],
    ['a text without its end', '<match **>\n  path "a\n', 'does not end'],
    ['Ruby without its end', 'path "#{ENV[\n', 'does not end'],
    ['an escape that is none', 'path "\\q"\n', 'is no escape'],
    ['JSON that is none', 'list [1, x]\n', 'no JSON'],
    ['a comment that Fluentd takes for JSON', 'map {"a": # c\n"b"}\n', 'comment'],
    ['more after a value', 'path "a" b\n', 'the line goes on'],
    ['sections without end', '<a>\n'.repeat(5000), 'nested too deeply'],
  ])('refuses %s, with the line', (_what, text, message) => {
    expect(() => parseFluentd(text, { file: 'fluent.conf' })).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_VALUE', message: expect.stringMatching(new RegExp(`^fluent\\.conf:\\d+: .*${message}`)) }));
  });
});

const text = fc.array(fc.constantFrom(...' \t\n\r#{}[]<>"\'\\$aZ0.*/-_@:,;=&%!?é\f\b\0', '#{', '${', ' #', '𝄞', '\\n', '</a>', '\v', '\u0085'), { maxLength: 12 }).map((parts) => parts.join(''));
const plain = fc.oneof(text, text.map((code) => `\${\n${code}}`));
const value = fc.oneof(plain.map((each) => ({ kind: 'text' as const, value: each })), fc.array(fc.oneof(fc.integer(), plain), { maxLength: 4 }).map((list) => ({ kind: 'json' as const, value: JSON.stringify(list).replaceAll('#', '\\u0023') })));
const parameter = fc.record({ kind: fc.constant('parameter' as const), name: fc.constantFrom('alpha', 'b_1', 'path', '@type', 'key.with.dot'), value });
const argument = text.filter((each) => !each.includes('#{') && each.trim() === each);
const { element } = fc.letrec<{ element: Item; items: readonly Item[] }>((tie) => ({
  element: fc.record({ kind: fc.constant('element' as const), name: fc.constantFrom('match', 'buffer', 'x1'), argument, items: tie('items') }),
  items: fc.array(fc.oneof({ depthSize: 'small', withCrossShrink: true }, parameter, tie('element')), { maxLength: 4 }),
}));

function meaning(nodes: readonly (SyntaxNode | Item)[]): unknown {
  return nodes.map((node) => (node.kind === 'parameter' ? [node.name, node.value] : [node.name, node.argument, meaning(node.items)]));
}

describe('any configuration', () => {
  it('is read as it was written', () => {
    fc.assert(fc.property(fc.array(element, { maxLength: 3 }), (items) => {
      expect(meaning(parseSyntax(writeItems(items)))).toEqual(meaning(items));
    }), { numRuns: 500 });
  });

  const pieces = fc.array(fc.constantFrom('<match a.**>\n', '</match>\n', '<a>', '</a>', '\n', ' ', 'k', ' v', ' "v"', " 'v'", ' [1,', '2]', ' {"a":1}', '#c\n', ' # c\n', '@type tail\n', 'path /x\n', 'port 1\n', '"', '\\', '<source>\n', '</source>\n', '\r\n', '#{', '}', '<parse>\n@type json\n</parse>\n', '@include a\n'), { maxLength: 16 }).map((parts) => parts.join(''));

  it('is written byte by byte as it was read, or refused with the line', () => {
    let accepted = 0;
    fc.assert(fc.property(fc.oneof(pieces, pieces.map((each) => `<source>\n${each}\n</source>\n`)), (given) => {
      let config;
      try {
        config = parseFluentd(given);
      } catch (error) {
        expect(error).toMatchObject({ code: 'SHIPPER_BAD_VALUE' });
        return;
      }
      accepted += 1;
      expect(mainOf(config)).toBe(given);
    }), { numRuns: 3000 });
    expect(accepted).toBeGreaterThan(200);
  });

  it('is what it was after a change and the change back', () => {
    const config = parseFluentd(FILE);
    fc.assert(fc.property(fc.nat(3), fc.stringMatching(/^[a-z0-9/."# ]{1,10}$/), (at, added) => {
      const changed = config.directives.map((each, index): Directive => (index === at && 'plugin' in each ? ({ ...each, plugin: { ...each.plugin, '@id': added } } as Directive) : each));
      const once = parseFluentd(mainOf({ ...config, directives: changed }));
      const back = once.directives.map((each): Directive => {
        if (!('plugin' in each)) return each;
        const { '@id': _id, ...rest } = each.plugin;
        return { ...each, plugin: rest } as Directive;
      });
      expect(mainOf({ ...once, directives: back })).toBe(FILE);
    }), { numRuns: 100 });
  });
});

describe('by hand', () => {
  it('has literal names and exact types', () => {
    source({ '@type': 'tail', path: '/x', tag: 'a', parse: { '@type': 'json', time_key: 'at' } });
    // @ts-expect-error tail has no option folow_inodes
    source({ '@type': 'tail', path: '/x', tag: 'a', folow_inodes: true });
    // @ts-expect-error a port is a number
    match('**', { '@type': 'opensearch', port: '9200' });
    // @ts-expect-error tail can't be without a tag
    source({ '@type': 'tail', path: '/x' });
    // @ts-expect-error there is no input of this name
    source({ '@type': 'tial', path: '/x', tag: 'a' });
    // @ts-expect-error a secret is only a reference
    match('**', { '@type': 'opensearch', password: 'hunter2' });
    expect(mainOf({ directives: [system({ workers: 2 }), label('@A', [match('**', { '@type': { other: 'mine' }, extra: { deep: { x: 1 } } })])] })).toBe('<system>\n  workers 2\n</system>\n<label @A>\n  <match **>\n    @type mine\n    <deep>\n      x 1\n    </deep>\n  </match>\n</label>\n');
  });

  it.each([
    ['an unknown option', { '@type': 'tail', path: '/x', tag: 'a', folow_inodes: true }, 'Did you mean follow_inodes?'],
    ['a port as text', { '@type': 'forward', port: '24224' }, 'Write 24224 as a number.'],
    ['a size with a space', { '@type': 'forward', chunk_size_limit: '5 MB' }, 'Write 5M.'],
    ['milliseconds', { '@type': 'tail', path: '/x', tag: 'a', rotate_wait: '500ms' }, 'Write 0.5, which is seconds.'],
    ['a fraction of minutes', { '@type': 'tail', path: '/x', tag: 'a', rotate_wait: '1.5m' }, 'Write 90, which is seconds.'],
    ['a value that is none', { '@type': 'tail', path: '/x', tag: 'a', glob_policy: 'alway' }, 'Did you mean always?'],
    ['a missing option', { '@type': 'tail', path: '/x' }, 'Fluentd does not start without it.'],
    ['a plugin that is not there', { '@type': 'tial' }, "Another plugin: { '@type': { other: 'name' }, extra: { … } }."],
    ['a secret in plain text', { '@type': 'forward', security: { self_hostname: 'a', shared_key: 'hunter2' } }, "Give fromSecret('name', 'key')."],
  ])('is refused with %s', (_what, plugin, hint) => {
    expect(() => fluentdFiles({ directives: [source(plugin as never)] })).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_VALUE', hint: expect.stringContaining(hint), message: expect.not.stringContaining('hunter2') }));
  });

  it('is refused above what a ConfigMap takes', () => {
    const big = { directives: [match('**', { '@type': 'file', path: 'x'.repeat(1024 * 1024) })] };
    expect(() => fluentdFiles(big)).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_VALUE', message: expect.stringContaining('ConfigMap') }));
  });
});
