import { badValue } from '../quantities/quantities.ts';
import { type Image, type ImageName, IMAGES, taggedName } from './images.ts';

/** Another image than this library names, wholly or in part. A text is a whole reference. */
export type ImageOverride = string | ImageParts;

/** What of an image's reference is another. */
export interface ImageParts {
  /** A mirror, with or without a folder, in place of the registry: `registry.example.com/mirror`. */
  readonly registry?: string;
  readonly repository?: string;
  readonly tag?: string;
  /** Fixes the content, whatever the tag moves to. */
  readonly digest?: `sha256:${string}`;
}

/** An image as a container takes it. */
export interface ImageReference {
  readonly image: string;
  readonly imagePullPolicy: 'Always' | 'IfNotPresent';
}

const REFERENCE = /^[a-z0-9]+([._:-][a-z0-9]+)*(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@sha256:[0-9a-f]{64})?$/;

/**
 * The reference of an image, and how it is pulled: one whose tag moves is asked for at each start, unless a digest fixes it.
 *
 * @throws PodscopeError SHIPPER_BAD_VALUE for a reference that no registry takes, and for `latest`.
 */
export function imageReference(name: ImageName, override?: ImageOverride): ImageReference {
  const known: Image = IMAGES[name];
  const image = typeof override === 'string' ? override : wholeReference(known, override ?? {});
  if (!REFERENCE.test(image)) throw badValue('image', `${JSON.stringify(image)} is no reference of an image.`, 'Such as registry.example.com/fluent/fluent-bit:5.1.1, all but the tag in lower case.');
  const fixed = image.includes('@sha256:');
  const tag = /:([^/:@]+)(?:@|$)/.exec(image)?.[1];
  if (!fixed && (tag === undefined || tag === 'latest')) throw badValue('image', `${JSON.stringify(image)} changes whenever its publisher likes.`, 'Give a tag of one version, or a digest.');
  const moves = typeof override === 'object' && override.tag !== undefined ? false : known.digestPolicy === 'tag-moves' && typeof override !== 'string';
  return { image, imagePullPolicy: moves && !fixed ? 'Always' : 'IfNotPresent' };
}

function wholeReference(known: Image, { registry, repository, tag, digest }: ImageParts): string {
  const name = taggedName({ registry: registry ?? known.registry, repository: repository ?? known.repository, tag: tag ?? known.tag });
  const by = digest ?? known.digest;
  return `${name}${by === undefined || (tag !== undefined && digest === undefined) ? '' : `@${by}`}`;
}
