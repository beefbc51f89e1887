import type { Bilingual } from '../kernel/bilingual.js';
import type { Result } from '../kernel/result.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { HostImage } from './domain/host-record.js';

/** The catalog comes after servers and keeps what can be installed on them; bound by the root. */
export const IMAGES_OF_SERVERS = Symbol('ImagesOfServers');
export interface ImagesOfServers {
  /** What is offered for servers of that architecture; or why it is not. */
  imageFor(tx: Tx, imageId: string, architecture: string): Promise<Result<HostImage, Bilingual>>;
}
