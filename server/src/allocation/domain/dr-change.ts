/** Decides which shares of a line are missing and which are too many when its DR modes change (D1 to D4 of PLACEMENT.md). */
import type { LocalMode, RemoteMode } from '../../systems/domain/system.js';
import type { ShareName, ShareWish, Standing } from './dr-shares.js';

/** A share as it stands now. */
export interface StandingShare {
  readonly share: ShareName;
  readonly standing: Standing;
  readonly centerId: string;
}

export interface ShareChange<S extends StandingShare> {
  readonly missing: readonly ShareWish[];
  readonly surplus: readonly S[];
  /** What stays, under the name that it has afterwards: MAIN becomes MAIN_A where a twin comes, and MAIN again where it goes. */
  readonly kept: readonly { readonly from: S; readonly share: ShareName }[];
}

/** What stays is what stands in the same center and does the same there; everything else is made or let go. */
export function shareChange<S extends StandingShare>(
  present: readonly S[],
  wished: readonly ShareWish[],
): ShareChange<S> {
  const kept: { from: S; share: ShareName }[] = [];
  const missing: ShareWish[] = [];
  for (const wish of wished) {
    const from = present.find(
      (share) =>
        !kept.some((one) => one.from === share) &&
        share.standing === wish.standing &&
        wish.centerIds.includes(share.centerId),
    );
    if (from) kept.push({ from, share: wish.share });
    else missing.push(wish);
  }
  return { missing, surplus: present.filter((share) => !kept.some(({ from }) => from === share)), kept };
}

/** The modes that shares amount to. */
export function modesOf(shares: readonly Pick<StandingShare, 'share' | 'standing'>[]): {
  readonly localMode: LocalMode;
  readonly remoteMode: RemoteMode;
} {
  const recovery = shares.find(({ share }) => share === 'RECOVERY');
  return {
    localMode: shares.some(({ share }) => share === 'MAIN_A' || share === 'MAIN_B') ? 'DUAL_ACTIVE' : 'SINGLE',
    remoteMode: recovery === undefined ? 'NONE' : recovery.standing === 'DATA' ? 'DATA' : 'APPLICATION',
  };
}
