/** Decides what is said of space in cabinets by criteria K1 to K7 and K11 of PLACEMENT.md, from what the book of cabinets refused. */
import { distanceTo, type Near, toldDistances, type Whereabouts } from '../../cabinets/domain/nearness.js';
import { NOT_APART } from '../../cabinets/domain/refusals.js';
import { say } from '../../kernel/bilingual.js';
import type { Refusal, SpaceMeter } from '../../kernel/refusal.js';
import { isOpen } from './dr-shares.js';
import type { CenterFacts, Check } from './placement-facts.js';

const IN_SERVICE = say('数据中心在用', 'The center is in service');
const ROLE = say('中心的角色与份额相符', "The center's role is that of the share");
const OF_METER: { readonly [M in SpaceMeter]: string } = {
  UNITS: 'K4',
  POWER_W: 'K5',
  WEIGHT_GRAMS: 'K6',
  ROW_WEIGHT_GRAMS: 'K6',
};
const TEXTS = {
  K3: say('该中心有可用的此区域机柜', 'The center has open cabinets of that zone'),
  K4: say('连续的 U 位够', 'Enough units in one run'),
  K5: say('电力够（单路失效后仍够）', 'Enough power, also on one feed'),
  K6: say('承重够', 'Frame and floor bear it'),
  K7: say('分放在不同机柜', 'Each in a cabinet of its own'),
  K11: say('与本系统已有资源的远近', 'How near to what the system has'),
};

/** K1 and K2 are asked before any cabinet is looked at; null = both passed. */
export function closedCenter(
  centerId: string,
  share: 'MAIN' | 'RECOVERY',
  centers: readonly CenterFacts[],
): { readonly checks: readonly Check[]; readonly passed: boolean } {
  const center = centers.find((one) => one.centerId === centerId);
  const figures = center ? say(center.name, center.name) : null;
  const open = center !== undefined && isOpen(center);
  const k1: Check = { criterion: 'K1', text: IN_SERVICE, passed: open, figures };
  if (!open) return { checks: [k1], passed: false };
  const fits = (center.role === 'RECOVERY') === (share === 'RECOVERY');
  return { checks: [k1, { criterion: 'K2', text: ROLE, passed: fits, figures }], passed: fits };
}

/** K11 is told and never refuses: only of equals the nearer is taken. Where the system stands nowhere there is nothing to tell. */
export function nearnessOf(standing: readonly Whereabouts[], near: Near | undefined): Check[] {
  if (!near || near.roomIds.length === 0) return [];
  const figures = toldDistances(standing.map((at) => distanceTo(at, near)));
  return [{ criterion: 'K11', text: TEXTS.K11, passed: true, figures }];
}

/** K3 to K7 by the refusals of the share's places; none = all passed. */
export function spaceChecks(refusals: readonly Refusal[], apart = false): Check[] {
  const [first] = refusals;
  if (!first)
    return (['K3', 'K4', 'K5', 'K6', ...(apart ? (['K7'] as const) : [])] as const).map((criterion) => ({
      criterion,
      text: TEXTS[criterion],
      passed: true,
      figures: null,
    }));
  const other = first.code === 'INVALID_INPUT' && first.rule === NOT_APART ? 'K7' : 'K3';
  const criterion = first.code === 'SPACE_SHORTAGE' ? (OF_METER[first.meter] as keyof typeof TEXTS) : other;
  return [{ criterion, text: TEXTS[criterion], passed: false, figures: first.message }];
}
