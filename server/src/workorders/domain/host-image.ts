/** Decides which image of the catalog a server gets where nobody chose one. */
import type { Image } from '../../catalog/domain/catalog.js';
import type { HostImage } from '../../servers/domain/host-record.js';

/** The first offered one, by its code, that a server of that architecture can fetch and check; null = there is none. */
export function hostImageOf(images: readonly Image[], architecture: string): HostImage | null {
  const found = images
    .filter((image) => image.status === 'OFFERED' && image.architecture === architecture)
    .toSorted((a, b) => (a.code < b.code ? -1 : 1))
    .flatMap((image): HostImage[] => {
      if (!('http' in image.source)) return [];
      const { checksum, url } = image.source.http;
      // Metal3 refuses an image without one, and so does whoever answers for the machine.
      if (checksum === undefined) return [];
      return [{ name: image.name, url, checksum, format: url.endsWith('.raw') ? 'raw' : 'qcow2' }];
    });
  return found[0] ?? null;
}
