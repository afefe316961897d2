import { describe, expect, it } from 'vitest';
import { parseInfo } from './client.ts';
import { checkExec } from './exec.ts';
import { encodeCommand, RedisReplyError, ReplyReader } from './resp.ts';

describe('ReplyReader', () => {
  const wire = Buffer.from('+OK\r\n:-7\r\n$6\r\nä\r\né\r\n$-1\r\n-ERR no\r\n*3\r\n$1\r\na\r\n*1\r\n:1\r\n*-1\r\n*0\r\n');
  const expected = ['OK', -7, 'ä\r\né', null, new RedisReplyError('ERR no'), ['a', [1], null], []];

  it('reads the same wherever the bytes are split', () => {
    expect(new ReplyReader().push(wire)).toEqual(expected);
    for (let split = 1; split < wire.length; split++) {
      const reader = new ReplyReader();
      expect([...reader.push(wire.subarray(0, split)), ...reader.push(wire.subarray(split))]).toEqual(expected);
    }
    const reader = new ReplyReader();
    expect([...wire].flatMap((byte) => reader.push(Buffer.from([byte])))).toEqual(expected);
  });

  it('refuses what is not Redis', () => {
    expect(() => new ReplyReader().push(Buffer.from('HTTP/1.1 400\r\n'))).toThrow(RedisReplyError);
  });

  it('counts bytes in commands', () => {
    expect(encodeCommand(['SET', 'k', 'ä'])).toBe('*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$2\r\nä\r\n');
  });
});

it('reads INFO', () => {
  expect(parseInfo('# Memory\r\nused_memory:12\r\nexecutable:/a:b\r\n\r\n')).toEqual(new Map([['used_memory', '12'], ['executable', '/a:b']]));
});

describe('checkExec', () => {
  const ports = [7001, 7002];
  it.each([
    ['INFO', 'memory'], ['MEMORY', 'PURGE'], ['CONFIG', 'GET', 'dir'], ['CONFIG', 'SET', 'activedefrag', 'yes'], ['FAILOVER'],
    ['FAILOVER', 'TO', '127.0.0.1', '7002', 'FORCE', 'TIMEOUT', '500'], ['replicaof', 'no', 'one'], ['REPLICAOF', '127.0.0.1', '7001'],
    ['--scan', '--pattern', 'guestbook:*'], ['-n', '0', 'DBSIZE'], ['UNLINK', 'a', 'b'], ['SET', '-x', '--pipe'],
  ])('allows %s %s %s', (...args) => {
    expect(checkExec(['redis-cli', ...args], ports)).toEqual(args);
  });

  it.each([
    [], ['shutdown'], ['CONFIG', 'SET', 'dir', '/etc'], ['config', 'set', 'activedefrag', 'yes', 'dbfilename', 'x'], ['CONFIG', 'REWRITE'],
    ['MODULE', 'LOAD', '/x.so'], ['debug', 'sleep', '9'], ['EVAL', 'return 1', '0'], ['REPLICAOF', '10.0.0.1', '7001'],
    ['REPLICAOF', '127.0.0.1', '22'], ['FAILOVER', 'TO', 'example.org', '7001'], ['-h', 'example.org', 'PING'], ['--rdb', '/tmp/x'],
    ['--eval', '/etc/passwd'], ['-u', 'redis://x', 'PING'], ['--pipe'], ['-x', 'SET', 'a'], ['GET', 'a\0b'],
  ].map((args) => [args]))('refuses %j', (args) => {
    expect(() => checkExec(['redis-cli', ...args], ports)).toThrow(expect.objectContaining({ code: 'EXEC_REFUSED' }));
  });

  it('refuses other programs', () => {
    expect(() => checkExec(['sh', '-c', 'redis-cli INFO'], ports)).toThrow(expect.objectContaining({ code: 'EXEC_REFUSED' }));
  });
});
