import { Injectable } from '@nestjs/common';
import { type Bilingual, say } from '../kernel/bilingual.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { HostImage } from '../servers/domain/host-record.js';
import type { ImagesOfServers } from '../servers/server-images.types.js';
import { CatalogService } from './catalog.service.js';
import type { Image } from './domain/catalog.js';
import { hostImage, imagesForServers, notForServers } from './domain/server-image.js';

/** What of the catalog can be installed on servers. */
@Injectable()
export class ServerImages implements ImagesOfServers {
  constructor(private readonly catalog: CatalogService) {}

  async imageFor(tx: Tx, imageId: string, architecture: string): Promise<Result<HostImage, Bilingual>> {
    const image = (await this.catalog.imagesWithin(tx)).find(({ id }) => id === imageId);
    const found = image && hostImage(image);
    const because = image ? notForServers(image, architecture) : GONE;
    return because === null && found ? ok(found) : refuse(because ?? GONE);
  }

  /** Batch for loaders: what servers of each architecture can have, by their codes. */
  readonly forArchitectures = async (architectures: readonly string[]): Promise<Image[][]> => {
    const { images } = await this.catalog.catalog();
    return architectures.map((architecture) => imagesForServers(images, architecture));
  };
}

const GONE = say('没有这个镜像，或已下架', 'There is no such image, or it was withdrawn');
