import shapes from './shapes.json' with { type: 'json' };

let places: ReadonlyMap<object, string> | undefined;

/** Where in the shapes an alternative of a union is, as its address. */
export function placeOf(alternative: object): string {
  places ??= new Map(alternativesIn(shapes, 'shapes#'));
  const place = places.get(alternative);
  if (place === undefined) throw new TypeError('this is no alternative of the shapes');
  return place;
}

function* alternativesIn(schema: object, place: string): Generator<readonly [object, string]> {
  for (const [name, member] of Object.entries(schema) as [string, unknown][]) {
    if (typeof member !== 'object' || member === null) continue;
    const inside = `${place}/${encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))}`;
    if (place.endsWith('/anyOf')) yield [member, inside];
    yield* alternativesIn(member, inside);
  }
}
