import { describe, expect, it } from 'vitest';
import { execCall, publishCall, restartCall, scaleCall, splitCommand } from './command.ts';

describe('splitCommand', () => {
  it.each([
    ['redis-cli INFO memory', ['redis-cli', 'INFO', 'memory']],
    [`redis-cli SET 'a b' "c \\"d\\""`, ['redis-cli', 'SET', 'a b', 'c "d"']],
    [`a '' "" b`, ['a', '', '', 'b']],
    ['  a\\ b  ', ['a b']],
    [`'back\\slash'`, ['back\\slash']],
    ['', []],
  ])('%s', (text, words) => {
    expect(splitCommand(text)).toEqual(words);
  });

  it('says which quote is open', () => {
    expect(splitCommand(`echo "a`)).toEqual({ problem: 'A quote " is not closed.' });
  });
});

it('sends what the server takes', () => {
  expect(scaleCall('frontend', 5)).toEqual({ verb: 'scale', body: { deployment: 'frontend', replicas: 5 }, command: 'podscope scale frontend 5' });
  expect(execCall('redis-primary-0', 'redis-cli PING')).toMatchObject({ body: { pod: 'redis-primary-0', command: ['redis-cli', 'PING'] } });
  expect(restartCall('deployment/frontend')).toMatchObject({ body: { target: 'deployment/frontend' } });
});

it('refuses what is no command', () => {
  for (const call of [scaleCall('frontend', -1), scaleCall('frontend', 1.5), scaleCall('frontend', Number.NaN), restartCall('frontend'), execCall('p', ' '), publishCall('page'), publishCall('/a b')]) {
    expect(call).toHaveProperty('problem');
  }
});
