import { describe, expect, it } from 'vitest';
import { bypasses, proxyFor } from './proxy.ts';

describe('NO_PROXY', () => {
  it.each([
    ['*', 'anything.test', true],
    ['example.com', 'example.com', true],
    ['example.com', 'api.example.com', true],
    ['example.com', 'notexample.com', false],
    ['.example.com', 'api.example.com', true],
    ['.example.com', 'example.com', false],
    ['*.example.com', 'api.example.com', true],
    [' a.test , EXAMPLE.com', 'api.example.com', true],
    ['example.com:6443', 'example.com', true],
    ['example.com:443', 'example.com', false],
    ['10.0.0.0/8', '10.1.2.3', true],
    ['10.0.0.0/8', '11.1.2.3', false],
    ['10.0.0.0/33', '10.1.2.3', false],
    ['10.0.0.0/8', 'ten.test', false],
    ['fd00::/8', 'fd00::1', true],
    ['fd00::1', 'fd00::1', true],
    ['[fd00::1]:6443', 'fd00::1', true],
    ['10.1.2.3', '10.1.2.3', true],
    ['10.1.2.3:443', '10.1.2.3', false],
    ['', 'example.com', false],
  ])('%j and %s: %s', (list, host, expected) => {
    expect(bypasses(list, host, '6443')).toBe(expected);
  });
});

describe('the proxy of a cluster', () => {
  const server = new URL('https://api.example.com:6443');

  it('is its own before the one of the environment, which NO_PROXY is about', () => {
    const environment = { HTTPS_PROXY: 'http://env.test:3128', NO_PROXY: 'example.com' };
    expect(proxyFor(server, 'http://own.test:8080', environment)?.host).toBe('own.test:8080');
    expect(proxyFor(server, undefined, environment)).toBeUndefined();
    expect(proxyFor(server, undefined, { HTTPS_PROXY: 'http://env.test:3128' })?.host).toBe('env.test:3128');
    expect(proxyFor(server, undefined, { https_proxy: 'env.test:3128', no_proxy: 'other.com' })?.href).toBe('http://env.test:3128/');
  });

  it('is none for the loopback address, and not the one of another scheme', () => {
    for (const host of ['127.0.0.1', '127.1.2.3', '[::1]', 'localhost']) expect(proxyFor(new URL(`https://${host}:6443`), undefined, { HTTPS_PROXY: 'http://env.test' })).toBeUndefined();
    expect(proxyFor(server, undefined, { HTTP_PROXY: 'http://env.test' })).toBeUndefined();
    expect(proxyFor(new URL('https://[fd00::1]:6443'), undefined, { HTTPS_PROXY: 'http://env.test', NO_PROXY: 'fd00::/16' })).toBeUndefined();
  });
});
