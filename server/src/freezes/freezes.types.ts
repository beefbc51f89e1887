import type { ChangeFreezeEntity, ChangeFreezeReleaseEntity } from './freezes.entity.js';

export type FreezeRow = ChangeFreezeEntity & { readonly centerIds: readonly string[] };
export type ReleaseRow = Omit<ChangeFreezeReleaseEntity, 'freeze'>;
