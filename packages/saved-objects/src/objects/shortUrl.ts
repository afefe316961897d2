import { type Definition, savedObject } from '../savedObject.ts';
import { specInvalid } from '../specInvalid.ts';

/** A short address of a page. */
export interface ShortUrl extends Definition {
  readonly id: string;
  readonly kind: 'url';
}

/**
 * Defines a short address: `/goto/<id>` leads to the page (`UrlAttributes` in src/plugins/share/server/routes/lib/short_url_lookup.ts).
 *
 * @param url The page's path below the product's base path, such as `/app/dashboards#/view/web`.
 * @param options `created` is when, in milliseconds since 1970, and 0 if it isn't given: the same definition gives the same bytes.
 */
export function shortUrl(id: string, url: string, options: { readonly created?: number } = {}): ShortUrl {
  // The product refuses others when they are opened (short_url_assert_valid.ts).
  if (!/^\/app\/[^/?#]/u.test(url)) throw specInvalid(`"${url}" is no page of the product.`, 'Begin with /app/ and the name of an app.');
  const { created = 0 } = options;
  return Object.freeze({ id, kind: 'url', object: savedObject('url', id, { url, accessCount: 0, createDate: created, accessDate: created }, []), uses: [] });
}
