import type { Viewer } from '../kernel/viewer.js';
import type { StoredFile } from './domain/stored-file.js';

/** With the place of its bytes, which nobody outside this feature learns. */
export interface PlacedFile extends StoredFile {
  readonly place: string;
}

/** Whether the viewer may read what is attached to this owner: the feature that owns it knows. */
export type MayRead = (viewer: Viewer, ownerId: string) => Promise<boolean>;
