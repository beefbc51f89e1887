/** Decides what performance (绩效) is measured by: six indicators, each with the direction in which it is better. */
import { type Bilingual, say } from '../../kernel/bilingual.js';

export const INDICATORS = ['UTILISATION', 'AVAILABILITY', 'COST', 'PROTECTION', 'CRYPTOGRAPHY', 'SHARING'] as const;
export type Indicator = (typeof INDICATORS)[number];

/** Values are hundredths of a percent, whatever they measure: 10,000 = the whole, or exactly the target. */
export const WHOLE = 10_000;
/** Twice the whole budget in a hundred-fold is a mistake of somebody's, not a value. */
export const VALUE_MAX = 1_000_000;

export interface IndicatorMeaning {
  /** MORE: a higher value is never worse. LESS: a lower one. */
  readonly better: 'MORE' | 'LESS';
  readonly title: Bilingual;
  readonly text: Bilingual;
}

export const INDICATOR_MEANINGS: { readonly [I in Indicator]: IndicatorMeaning } = {
  UTILISATION: {
    better: 'MORE',
    title: say('资源利用率', 'Utilisation'),
    text: say(
      'CPU、内存日均利用率中较高的一项，按核数、内存量加权',
      'The higher of mean CPU and mean memory use, weighted by size',
    ),
  },
  AVAILABILITY: {
    better: 'MORE',
    title: say('可用性', 'Availability'),
    text: say('允许中断时长 ÷ 实际中断时长，不超过 100%', 'Minutes it may be down by its target ÷ minutes it was'),
  },
  COST: {
    better: 'LESS',
    title: say('费用与预算', 'Cost against budget'),
    text: say('核算费用 ÷ 按天折算的预算额度', 'Accounted cost ÷ the budget of these days'),
  },
  PROTECTION: {
    better: 'MORE',
    title: say('等级保护', 'Classified protection'),
    text: say('备案且在期限内测评：符合 100%、基本符合 70%、不符合 0', 'Filed and assessed in time, by its result'),
  },
  CRYPTOGRAPHY: {
    better: 'MORE',
    title: say('密码应用', 'Cryptography'),
    text: say('在期限内密评：符合 100%、基本符合 70%、不符合 0', 'Assessed in time, by its result'),
  },
  SHARING: {
    better: 'MORE',
    title: say('数据共享', 'Data sharing'),
    text: say('系统档案所载是否共享数据', 'Whether its record says that it shares data'),
  },
};
