import { badValue } from '../quantities/quantities.ts';
import { type EndOfLife, type Image, type ImageName, IMAGES, taggedName } from './images.ts';

/** An image that gets no more fixes. */
export interface PastEndOfLife {
  readonly name: ImageName;
  readonly image: string;
  readonly endOfLife: EndOfLife & { readonly date: string };
}

/** The images whose last day is before `date`, the longest past first. The day itself still counts as supported. */
export function imagesPastEndOfLife(date: Date): PastEndOfLife[] {
  if (Number.isNaN(date.getTime())) throw badValue('imagesPastEndOfLife', 'the date is none.', "new Date('2026-11-30')");
  const today = date.toISOString().slice(0, 10);
  const past: PastEndOfLife[] = [];
  for (const [name, image] of Object.entries<Image>(IMAGES) as [ImageName, Image][]) {
    const { date: last } = image.endOfLife;
    if (last !== undefined && last < today) past.push({ name, image: taggedName(image), endOfLife: { ...image.endOfLife, date: last } });
  }
  return past.sort((left, right) => left.endOfLife.date.localeCompare(right.endOfLife.date));
}
