import { describe, expect, it } from 'vitest';
import { refusalOf } from './admission.ts';

const PORT = 40_123;
const own = { host: `127.0.0.1:${PORT}` };
const status = (headers: Readonly<Record<string, string>>, method = 'GET', target = '/_dashboards/app/home'): number | undefined => refusalOf({ method, target, headers }, PORT)?.status;

describe('who gets through the signing proxy', () => {
  it('is a program of this machine, and a browser on its own page', () => {
    expect(status(own)).toBeUndefined();
    expect(status({ host: `localhost:${PORT}` })).toBeUndefined();
    expect(status({ ...own, origin: `http://127.0.0.1:${PORT}`, 'sec-fetch-site': 'same-origin' }, 'POST', '/_dashboards/api/saved_objects/_bulk_get')).toBeUndefined();
    expect(status({ ...own, 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' })).toBeUndefined();
  });

  it('is nobody who names another host: a name that was bound to 127.0.0.1 anew, or another port', () => {
    for (const host of ['evil.example.com', `evil.example.com:${PORT}`, '127.0.0.1', '127.0.0.1:80', `127.0.0.1:${PORT}.evil.example.com`, '']) expect(status({ host }), host).toBe(403);
    expect(status({})).toBe(403);
  });

  it('is no page of another site, whatever it sends', () => {
    for (const origin of ['http://evil.example.com', 'null', 'http://127.0.0.1:9200', `https://127.0.0.1:${PORT}`, `http://127.0.0.1:${PORT}.evil.example.com`]) expect(status({ ...own, origin }, 'POST'), origin).toBe(403);
    for (const site of ['cross-site', 'same-site']) {
      expect(status({ ...own, 'sec-fetch-site': site, 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' })).toBe(403);
      expect(status({ ...own, 'sec-fetch-site': site, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' })).toBe(403);
      expect(status({ ...own, 'sec-fetch-site': site, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }, 'POST')).toBe(403);
    }
  });

  it('may be led from another site to Dashboards, and to nothing else', () => {
    const led = { ...own, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    for (const target of ['/_dashboards', '/_dashboards/', '/_dashboards/app/dashboards', '/_dashboards?x=1']) expect(status(led, 'GET', target), target).toBeUndefined();
    for (const target of ['/_search', '/_dashboards_other', '/_dashboards/api/console/proxy', '/_dashboards/../_search', '/_dashboards/%2e%2e/_search', '/_dashboards/app/../../_search', '/']) expect(status(led, 'GET', target), target).toBe(403);
  });

  it('names a path, and a method that a domain takes', () => {
    for (const target of ['http://evil.example.com/', '//evil.example.com/', '*', '/\\evil.example.com']) expect(status(own, 'GET', target), target).toBe(400);
    for (const method of ['TRACE', 'CONNECT', 'PROPFIND']) expect(status(own, method), method).toBe(405);
  });
});
