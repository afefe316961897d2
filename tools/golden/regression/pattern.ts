import type { SavedObject } from '../../../packages/dashboard-renderer/src/index.ts';

const field = (name: string, type: string, esTypes: readonly string[], more: object = {}): object => ({ name, type, esTypes, aggregatable: true, searchable: true, readFromDocValues: true, ...more });

/** The index pattern of the cases: our own, of a shop that nobody has. */
export const PATTERN: SavedObject = {
  type: 'index-pattern',
  id: 'shop',
  attributes: {
    title: 'shop-*',
    timeFieldName: '@timestamp',
    fields: JSON.stringify([
      field('@timestamp', 'date', ['date']),
      field('client.ip', 'ip', ['ip']),
      field('geo.country', 'string', ['keyword']),
      field('geo.place', 'geo_point', ['geo_point']),
      field('item', 'string', ['keyword']),
      field('items.name', 'string', ['keyword'], { subType: { nested: { path: 'items' } } }),
      field('message', 'string', ['text'], { aggregatable: false, readFromDocValues: false }),
      field('paid', 'boolean', ['boolean']),
      field('price', 'number', ['float']),
      field('pieces', 'number', ['integer']),
      field('response', 'number', ['short']),
      field('size', 'number', ['long']),
      field('weekday', 'number', ['long'], { scripted: true, script: "doc['@timestamp'].value.dayOfWeek", lang: 'painless', readFromDocValues: false }),
    ]),
    fieldFormatMap: JSON.stringify({ price: { id: 'number', params: { pattern: '$0,0.00' } }, size: { id: 'bytes' } }),
  },
  references: [],
};

/** The time range of all cases. */
export const TIME_RANGE = { from: '2026-03-02T00:00:00.000Z', to: '2026-03-09T00:00:00.000Z' };
/** A zone with a summer time of its own. */
export const TIME_ZONE = 'Europe/Berlin';
