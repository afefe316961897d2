import { collect, exactlyOne, expecting, list, name, notEmpty, object, oneOf, record, type Shape } from '../lifecycle/shape.ts';
import { parseTime, TIME_FORM } from '../lifecycle/units.ts';

const positive: Shape = expecting('a number above 0', (value) => typeof value === 'number' && value > 0 && value < Infinity);
const someTime: Shape = expecting(`${TIME_FORM}, more than 0`, (value) => (parseTime(value) ?? 0) > 0);
const count = (least: number): Shape => expecting(`a whole number from ${least}`, (value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= least);
const zones: Shape = expecting('1, 2 or 3', (value) => value === 1 || value === 2 || value === 3);

const volume = object(
  {
    'documentsPerDay!': positive,
    bytesPerDocument: positive,
    bytesPerDay: positive,
    replicas: count(0),
    policy: name,
    newIndexEvery: someTime,
    storedRatio: positive,
  },
  exactlyOne('bytesPerDay', 'bytesPerDocument'),
);

const input = object({
  'streams!': (value, path, report) => {
    record(volume)(value, path, report);
    notEmpty(value, path, report);
  },
  storedRatio: positive,
  horizonDays: positive,
  workload: oneOf('light', 'heavy'),
  availabilityZones: zones,
  dataNodes: count(1),
  instanceTypes: list(object({ 'name!': name, 'vcpus!': positive, 'memoryGib!': positive, 'minVolumeGib!': positive, 'maxVolumeGib!': positive }), 1),
});

/** What is wrong with the form of an input, such as one out of a file: a line each, with its place and what is allowed. */
export function inputProblems(given: unknown): readonly string[] {
  return collect(input, given).map(({ path, what, allowed, didYouMean }) => `${path === '' ? 'the input' : path} ${what}; allowed: ${allowed}${didYouMean === undefined ? '' : `; did you mean "${didYouMean}"?`}`);
}
