/** Decides which level of GB/T 20988 a group has: the least of its seven elements, and none while one of them is not assessed. */

/** 数据备份系统, 备用数据处理系统, 备用网络系统, 备用基础设施, 专业技术支持能力, 运行维护管理能力, 灾难恢复预案. */
export const DR_ELEMENTS = [
  'DATA_BACKUP',
  'STANDBY_PROCESSING',
  'STANDBY_NETWORK',
  'STANDBY_PREMISES',
  'TECHNICAL_SUPPORT',
  'OPERATIONS',
  'DR_PLAN',
] as const;
export type DrElement = (typeof DR_ELEMENTS)[number];

export const LEVEL_MAX = 6;

/** 0 = not even level 1; a missing one was never assessed. */
export type Assessed = { readonly [E in DrElement]?: number };

export interface LevelJudgement {
  /** null = something is not assessed: a level that nobody looked at is none. */
  readonly level: number | null;
  readonly notAssessed: readonly DrElement[];
  /** Elements that hold it where it is, or keep it below the target. */
  readonly shortest: readonly DrElement[];
}

export function levelOf(assessed: Assessed, target: number | null): LevelJudgement {
  const notAssessed = DR_ELEMENTS.filter((element) => assessed[element] === undefined);
  const known = DR_ELEMENTS.flatMap((element) => {
    const level = assessed[element];
    return level === undefined ? [] : [{ element, level }];
  });
  const least = known.length === 0 ? null : Math.min(...known.map(({ level }) => level));
  const held = known.filter(({ level }) => (target === null ? level === least && level < LEVEL_MAX : level < target));
  return {
    level: notAssessed.length > 0 ? null : least,
    notAssessed,
    shortest: held.map(({ element }) => element),
  };
}

export function isAssessed(assessed: Assessed): boolean {
  return Object.values(assessed).every((level) => Number.isInteger(level) && level >= 0 && level <= LEVEL_MAX);
}
