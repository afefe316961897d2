import type { StoredObject } from './read/storedObject.ts';
import type { SavedObject } from './savedObject.ts';

/** What a builder made, in the form of what was read. */
export function asStored(object: SavedObject | StoredObject): StoredObject {
  return 'rest' in object ? object : { ...object, attributes: object.attributes as StoredObject['attributes'], rest: {} };
}
