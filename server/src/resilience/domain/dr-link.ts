/** Decides which links there are between the centers, and how each of them may go. */
import type { Center, CenterRole } from '../../facilities/domain/facility.js';
import { hostPort } from './probes/host-port.js';

/** Between the two of a city nothing is lost; to the recovery center what is on its way is. */
export const LINK_MODES = ['SYNC', 'ASYNC'] as const;
export type LinkMode = (typeof LINK_MODES)[number];

/** A way by which a center reaches the arbiter of the pair. */
export interface ArbiterPath {
  readonly from: CenterRole;
  /** In the words of whoever laid it: carrier, building, tunnel. */
  readonly via: string;
  /** Where the arbiter answers by it, host:port: it is asked there. null or left out = it is on record only. */
  readonly target?: string | null;
}

export const PATHS_MAX = 8;
export const VIA_LENGTH_MAX = 80;
const TARGET_LENGTH_MAX = 300;

export interface LinkWish {
  readonly fromCenterId: string;
  readonly toCenterId: string;
  readonly mode: LinkMode;
}

/** Every pair of centers that are not stopped, once: from A to B, and from each of both to the recovery center. */
export function linksOf(centers: readonly Center[]): LinkWish[] {
  const standing = centers.filter(({ life }) => life !== 'STOPPED');
  const of = (role: CenterRole) => standing.filter((center) => center.role === role);
  const [a] = of('ACTIVE_A');
  const [b] = of('ACTIVE_B');
  const pair: LinkWish[] = a && b ? [{ fromCenterId: a.id, toCenterId: b.id, mode: 'SYNC' }] : [];
  const remote = [a, b].flatMap((from) =>
    from ? of('RECOVERY').map(({ id }): LinkWish => ({ fromCenterId: from.id, toCenterId: id, mode: 'ASYNC' })) : [],
  );
  return [...pair, ...remote];
}

/** null = an arbiter's paths are as they can be: named, not too many, none twice. */
export function wrongPaths(paths: readonly ArbiterPath[]): 'TOO_MANY' | 'UNNAMED' | 'TWICE' | 'TARGET' | null {
  if (paths.length > PATHS_MAX) return 'TOO_MANY';
  if (paths.some(({ via }) => via.trim() === '' || via.length > VIA_LENGTH_MAX)) return 'UNNAMED';
  if (paths.some(({ target }) => target && (target.length > TARGET_LENGTH_MAX || !hostPort(target)))) return 'TARGET';
  return new Set(paths.map(({ from, via }) => `${from}/${via.trim()}`)).size < paths.length ? 'TWICE' : null;
}

/** Of each end that has ways to be asked: how many there are, and how many answered, in percent. */
export function answeredOf(
  paths: readonly ArbiterPath[],
  answers: ReadonlyMap<string, boolean>,
): { readonly from: CenterRole; readonly percent: number }[] {
  const asked = paths.filter(({ target }) => target);
  return [...Map.groupBy(asked, ({ from }) => from)].map(([from, of]) => {
    const well = of.filter(({ target }) => answers.get(target ?? '') === true).length;
    return { from, percent: Math.floor((well * 100) / of.length) };
  });
}
