import { createContext, useContext } from 'react';
import type { SavedObject } from './savedObjects.ts';
import type { Load } from './useLoad.ts';

/** The installed saved objects, and the way to load them anew. */
export interface SavedObjectsHandle extends Load<readonly SavedObject[]> {
  reload(): void;
}

/** The one copy of the saved objects on the page. */
export const SavedObjectsContext = createContext<SavedObjectsHandle>({
  data: undefined,
  error: undefined,
  loading: true,
  at: undefined,
  outdated: false,
  reload: () => undefined,
});

/** The saved objects of the page around. */
export function useSavedObjects(): SavedObjectsHandle {
  return useContext(SavedObjectsContext);
}
