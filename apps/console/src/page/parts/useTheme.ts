import { useMedia } from './useMedia.ts';

/** The system's choice between light and dark. */
export function useTheme(): 'light' | 'dark' {
  return useMedia('(prefers-color-scheme: dark)') ? 'dark' : 'light';
}
