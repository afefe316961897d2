import type { HuntAspect, HuntView } from '../../api/hunts.ts';

/** What each aspect of an investigation asks. */
export const ASPECT_WORDS: Readonly<Record<HuntAspect, string>> = {
  localise: 'Where is it?',
  mechanism: 'What happens there?',
  scope: 'How far does it reach?',
  fix: 'Is it fixed?',
};

/** A hunt's status for the reader. */
export const STATUS_WORDS: Readonly<Record<HuntView['status'], string>> = {
  idle: 'Ready',
  starting: 'Starting',
  running: 'Running',
  solved: 'Solved',
  stopped: 'Stopped',
};

/** The difficulty in words. */
export const DIFFICULTY_WORDS: Readonly<Record<HuntView['difficulty'], string>> = { 1: 'Easy', 2: 'Medium', 3: 'Hard' };
