import { describe, expect, it } from 'vitest';
import { sampleFault } from '../testing/sampleFault.ts';
import { readExperiment } from './readExperiment.ts';

const faults = [sampleFault];
const details = (text: string, environment = {}): readonly string[] => {
  try {
    readExperiment(text, { file: 'x.yaml', faults, environment });
  } catch (error) {
    return (error as { readonly details: readonly string[] }).details;
  }
  return [];
};

describe('readExperiment', () => {
  it('reads YAML and JSON with variables of the environment, and keeps what is secret apart', () => {
    const text = ['title: x', 'variables:', '  count: { env: COUNT, type: number }', '  password: { env: PASSWORD, secret: true }', 'method:', '  - fault: sample', '    params: { replicas: "${count}" }', 'checks:', '  - { kind: http, url: "http://a.test/?of=${count}&not=$${count}", auth: { username: a, password: "${password}" } }'].join('\n');
    const { experiment, secrets } = readExperiment(text, { faults, environment: { COUNT: '7', PASSWORD: 'hush' } });
    expect(experiment).toMatchObject({ method: [{ fault: 'sample', params: { replicas: 7 }, ttl: '10m' }], checks: [{ url: 'http://a.test/?of=7&not=${count}', auth: { password: 'hush' } }] });
    expect(secrets).toEqual(['hush']);
    expect(readExperiment(JSON.stringify({ title: 'x', method: [{ pause: 5 }] })).experiment.method).toEqual([{ pause: 5 }]);
  });

  it('names line and column of everything that is wrong, and what was probably meant', () => {
    expect(
      details(['titel: x', 'method:', '  - fualt: sample', '  - fault: smaple', '  - fault: sample', '    params:', '      replcas: 3', '  - revert: nothing', '  - check: { kind: htp, url: "http://a/" }', '  - fault: sample', '    parms: {}'].join('\n')),
    ).toEqual([
      expect.stringMatching(/^x\.yaml:1:1 .*"title" is missing/),
      expect.stringMatching(/^x\.yaml:1:1 .*"titel" is not known here; did you mean "title"\?/),
      expect.stringMatching(/^x\.yaml:3:5 method\[0\]\.fualt: "fualt" is no step; did you mean "fault"\?/),
      expect.stringMatching(/^x\.yaml:9:14 method\[4\]\.check\.kind: "htp" is no kind of probe; did you mean "http"\?/),
      expect.stringMatching(/^x\.yaml:11:5 method\[5\]\.parms: "parms" is not known here; did you mean "params"\?/),
    ]);
    expect(details('title: x\nmethod:\n  - fault: smaple\n  - fault: sample\n    params:\n      replcas: 3\n  - revert: sampel\n')).toEqual([expect.stringMatching(/^x\.yaml:7:5 method\[2\]\.revert: no earlier fault is called "sampel"; did you mean "sample"\?/)]);
    expect(details('title: x\nmethod:\n  - fault: smaple\n  - fault: sample\n    params:\n      replcas: 3\n')).toEqual([
      expect.stringMatching(/^x\.yaml:3:5 method\[0\]\.fault: there is no fault "smaple"; did you mean "sample"\?/),
      expect.stringMatching(/^x\.yaml:\d+:\d+ method\[1\]\.params\.replicas/),
      expect.stringMatching(/^x\.yaml:6:7 method\[1\]\.params\.replcas: there is no such parameter; did you mean "replicas"\?/),
    ]);
  });

  it('refuses what is no YAML, bombs and depth, with one clear error', () => {
    expect(details('title: [x\n')).toEqual([expect.stringMatching(/^x\.yaml:\d+:\d+ /)]);
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [${'*a,'.repeat(9)}]\nc: &c [${'*b,'.repeat(9)}]\nd: [${'*c,'.repeat(9)}]\n`;
    for (const text of [bomb, '['.repeat(5_000), `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`, 'x'.repeat(1_100_000)]) {
      expect(() => readExperiment(text)).toThrow(expect.objectContaining({ code: 'EXPERIMENT_INVALID' }));
    }
  });

  it('refuses an alias within what it names', () => {
    expect(details('title: x\nmethod: &m [{ sequence: *m }]\n')).toEqual(['x.yaml:1:1 an alias stands within what it names']);
    expect(readExperiment('title: x\nmethod: [{ fault: sample, params: &p { replicas: 3 }, name: a }, { fault: sample, params: *p, name: b }]', { faults }).experiment.method).toMatchObject([{ params: { replicas: 3 } }, { params: { replicas: 3 } }]);
  });

  it('refuses times that could only end the experiment', () => {
    expect(details('title: x\nmethod:\n  - { fault: sample, params: { replicas: 3 }, ttl: 0 }\n')).toEqual([expect.stringMatching(/^x\.yaml:3:\d+ method\[0\]\.ttl: must be above 0/)]);
    expect(details('title: x\nmethod:\n  - fault: sample\n    params: { replicas: 3 }\n    duration: 15m\n')).toEqual([expect.stringMatching(/^x\.yaml:5:5 method\[0\]\.duration: must be shorter than "ttl"/)]);
    expect(details('title: x\nmethod:\n  - { fault: sample, params: { replicas: 3 }, ttl: 1h, duration: 15m }\n')).toEqual([]);
  });

  it('names an environment variable that is missing, once', () => {
    const text = 'title: x\nvariables:\n  n: { env: N, type: number }\nmethod:\n  - fault: sample\n    params: { replicas: "${n}" }\n  - pause: "${m}"\n';
    expect(details(text)).toEqual(expect.arrayContaining([expect.stringContaining('x.yaml:3:3 variables.n: the environment variable N is not set'), expect.stringContaining('there is no variable "m"')]));
    expect(details(text.replace('  - pause: "${m}"\n', ''), { N: 'many' })).toEqual(expect.arrayContaining([expect.stringContaining('the environment variable N is no number')]));
  });
});
