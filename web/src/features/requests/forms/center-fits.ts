import type { CenterRole, ShareStanding } from '../../../graphql/enums';
import type { Preview } from './use-preview';

type Line = Preview['result']['lines'][number];
type Share = Line['shares'][number];
type Check = Share['checks'][number];

/** What one center would take of a request, and what stands in the way there. */
export type CenterFit = {
  /** null = there is no such center yet. */
  center: { id: string; role: CenterRole; name: string } | null;
  fits: boolean;
  owed: boolean;
  /** Things by what stands there. */
  counts: { standing: ShareStanding; count: number }[];
  /** Criteria that failed there, each once. */
  failed: Check[];
};

const ROLES: readonly CenterRole[] = ['ACTIVE_A', 'ACTIVE_B', 'RECOVERY'];

/** The lines' shares, center by center, A before B before the recovery center. */
export function centerFits(lines: readonly Pick<Line, 'shares'>[]): CenterFit[] {
  const fits = new Map<string, CenterFit>();
  for (const share of lines.flatMap((line) => line.shares)) {
    const key = share.center?.id ?? '';
    const fit = fits.get(key) ?? { center: share.center, fits: true, owed: false, counts: [], failed: [] };
    fits.set(key, fit);
    fit.fits &&= share.feasible;
    fit.owed ||= share.owed;
    const counted = fit.counts.find(({ standing }) => standing === share.standing);
    if (counted) counted.count += share.count;
    else fit.counts.push({ standing: share.standing, count: share.count });
    for (const check of share.checks)
      if (!check.passed && !fit.failed.some((other) => sameCheck(other, check))) fit.failed.push(check);
  }
  const place = (fit: CenterFit) => (fit.center ? ROLES.indexOf(fit.center.role) : ROLES.length);
  return [...fits.values()].sort((one, other) => place(one) - place(other));
}

const sameCheck = (one: Check, other: Check) =>
  one.criterion === other.criterion && one.text === other.text && one.figures === other.figures;
