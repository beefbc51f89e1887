/** Decides how a criterion and its figures are said in one sentence. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { Check } from './placement-facts.js';

export function toldOf({ text, figures }: Pick<Check, 'text' | 'figures'>): Bilingual {
  return figures ? say(`${text.zh}：${figures.zh}`, `${text.en}: ${figures.en}`) : text;
}
