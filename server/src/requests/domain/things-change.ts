/** Decides whether servers or places of a line can be changed, and what is wrong with the size that places shall have. */
import { unitsOf } from '../../cabinets/domain/units.js';
import { say } from '../../kernel/bilingual.js';
import type { InputPath, Refusal } from '../../kernel/refusal.js';
import { pathOf } from './change.js';

/** What a change of servers or places asks; null = as it is. DR modes stand at the line of the change. */
export interface ThingsWish {
  /** The line that they were asked for by; undefined = what was named is none. */
  readonly lineId: string | undefined;
  /** Of each place. */
  readonly heightUnits: number | null;
  readonly powerW: number | null;
  readonly weightKg: number | null;
}

/** Servers or places of a line as they are now. */
export interface ThingsNow {
  readonly name: string;
  readonly kind: 'SERVER' | 'CABINET';
  readonly requestState: string;
  readonly fulfilled: boolean;
  readonly ended: boolean;
  readonly openChangeId: string | null;
  readonly openChangeCode: string | null;
  /** The last day of what was asked for a time, once it has passed; null = none has. */
  readonly overSince: string | null;
  /** Live things. */
  readonly count: number;
}

export const THINGS: InputPath = ['things', 'lineId'];
/** A frame of 60 U is the tallest that is offered; liquid-cooled cabinets end near 100 kW; 3 t is what the strongest frame bears. */
const HEIGHT_UNITS_MAX = 60;
const POWER_W_MAX = 100_000;
const WEIGHT_KG_MAX = 3_000;

/** What cannot be of a place, whatever it is now. */
export function checkThingsWish({ heightUnits, powerW, weightKg }: ThingsWish, line: number): Refusal[] {
  const refusals: Refusal[] = [];
  const wrong = (field: string, rule: string, zh: string, en: string) =>
    refusals.push({ code: 'INVALID_INPUT', path: pathOf(line, 'things', field), rule, message: say(zh, en) });
  if (
    heightUnits !== null &&
    !(Number.isInteger(heightUnits * 2) && heightUnits > 0 && heightUnits <= HEIGHT_UNITS_MAX)
  )
    wrong(
      'heightUnits',
      'halfUnits',
      `高度为 0.5 至 ${HEIGHT_UNITS_MAX} U，且为半 U 的整数倍；不再使用请退还`,
      `The height is 0.5 to ${HEIGHT_UNITS_MAX} U, in half units; give back what is not used`,
    );
  if (powerW !== null && !whole(powerW, POWER_W_MAX))
    wrong('powerW', 'range', `功率为 0 至 ${POWER_W_MAX} W`, `Power is 0 to ${POWER_W_MAX} W`);
  if (weightKg !== null && !whole(weightKg, WEIGHT_KG_MAX))
    wrong('weightKg', 'range', `重量为 0 至 ${WEIGHT_KG_MAX} kg，取整`, `Weight is 0 to ${WEIGHT_KG_MAX} whole kg`);
  return refusals;
}

/** Why they cannot be changed now. @param requestId that may have them open. */
export function thingsObjections(now: ThingsNow, line: number, requestId: string | null): Refusal[] {
  const { name, kind, openChangeId, openChangeCode } = now;
  const path = pathOf(line, ...THINGS);
  if (openChangeId !== null && openChangeId !== requestId)
    return [
      {
        code: 'CHANGE_OPEN',
        path,
        requestId: openChangeId,
        requestCode: openChangeCode ?? '',
        message: say(
          `${name} 有变更申请 ${openChangeCode ?? ''} 正在办理，请等它办结或先撤回`,
          `${name} is being changed by ${openChangeCode ?? ''}; wait for its end or withdraw it first`,
        ),
      },
    ];
  const over = now.ended || (now.fulfilled && now.count === 0);
  if (over || !now.fulfilled || !['PROVISIONING', 'DELIVERED'].includes(now.requestState))
    return [
      {
        code: 'ILLEGAL_TRANSITION',
        path,
        state: now.requestState,
        action: 'CHANGE',
        message: over
          ? say(
              `${name} 已全部退还，不能变更，请新申请${kind === 'SERVER' ? '服务器' : '机柜空间'}`,
              `All of ${name} was given back and cannot be changed: ask for new ${kind === 'SERVER' ? 'servers' : 'space'}`,
            )
          : say(`${name} 尚未交付，交付后才能变更`, `${name} is not delivered yet; it can be changed when it is`),
      },
    ];
  if (now.overSince !== null)
    return [
      {
        code: 'NOT_PERMITTED',
        path,
        reason: 'TERM_OVER',
        message: say(
          `${name} 的使用期限已于 ${now.overSince} 到期，请退还；继续使用请重新申请`,
          `The term of ${name} ended on ${now.overSince}: give it back, and ask anew for what is still needed`,
        ),
      },
    ];
  return [];
}

/** It leaves, or becomes smaller than what stands in it. */
export function stillStandsIn(
  {
    name,
    what,
    now,
    least,
  }: {
    readonly name: string;
    readonly what: 'UNITS' | 'POWER_W' | 'WEIGHT_GRAMS' | 'ALL';
    readonly now: number;
    readonly least: number;
  },
  path: InputPath,
): Refusal {
  const words = {
    UNITS: [
      `已上架设备占用的 U 位不允许缩到 ${unitsOf(least)} U`,
      `the units of what stands in it do not let it become ${unitsOf(least)} U`,
    ],
    POWER_W: [
      `已上架设备共 ${now} W，多于变更后的 ${least} W`,
      `what stands in it draws ${now} W, more than the ${least} W that stay`,
    ],
    WEIGHT_GRAMS: [
      `已上架设备共 ${now / 1_000} kg，多于变更后的 ${least / 1_000} kg`,
      `what stands in it weighs ${now / 1_000} kg, more than the ${least / 1_000} kg that stay`,
    ],
    ALL: [`还有 ${now} 台设备在架`, `${now} things still stand in it`],
  } as const;
  const [zh, en] = words[what];
  return {
    code: 'NOT_PERMITTED',
    path,
    reason: 'STILL_IN_USE',
    message: say(`${name}：${zh}，请先办理下架工单`, `${name}: ${en}; take things out by a work order first`),
  };
}

function whole(value: number, most: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= most;
}
