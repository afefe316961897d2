import type { SeededRandom } from './seededRandom.ts';

const NAMES = [
  'Ada', 'Amir', 'Bea', 'Chidi', 'Dana', 'Elif', 'Femi', 'Grete', 'Hana', 'Ines', 'Jonas', 'Kofi', 'Lena', 'Mateo', 'Nia',
  'Olga', 'Paulo', 'Quinn', 'Rosa', 'Sami', 'Tove', 'Uma', 'Viktor', 'Wanjiru', 'Yuki', 'Zoë',
] as const;
const PLACES = ['Accra', 'Bergen', 'Cork', 'Delft', 'Évora', 'Fez', 'Graz', 'Hobart', 'Izmir', 'Jaipur', 'Kyoto', 'Lima', 'Malmö', 'Nantes'] as const;
const OPENINGS = [
  'Greetings from', 'Best wishes from', 'Passing through on the way to', 'Back home in', 'A rainy day in', 'Hello from sunny',
  'Second visit this year, now from', 'Found this page while looking for trains to',
] as const;
const CLOSINGS = [
  'What a lovely place.', 'Keep it going!', 'The archive kept me reading all evening.', 'See you next year.',
  'Thank you for keeping this book open.', 'My grandmother signed here, too.', 'I will bring friends next time.',
  'The page was quick today.', 'Who painted the picture in the hall?', 'The tea was excellent.',
  'We counted eleven swans on the lake.', 'Greetings to the night shift.',
] as const;

/** A visitor's first name. */
export function writeName(random: SeededRandom): string {
  return random.pick(NAMES);
}

/** A short message as visitors leave them, of `sentences` sentences after its opening. */
export function writeMessage(random: SeededRandom, sentences: number): string {
  let text = `${random.pick(OPENINGS)} ${random.pick(PLACES)}.`;
  for (let count = 0; count < sentences; count++) text += ` ${random.pick(CLOSINGS)}`;
  return text;
}
