/** Decides whether evidence is said well enough to ask a department for an answer. */
import { say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';

/** One measured figure, e.g. "CPU 利用率（30 天平均）" "1.2 %". */
export interface Figure {
  readonly label: string;
  readonly value: string;
}

export interface Evidence {
  readonly text: string;
  readonly figures: readonly Figure[];
}

export const EVIDENCE_LENGTH_MAX = 2_000;
/** A table that a person reads; more goes into a file. */
export const FIGURES_MAX = 12;
export const FIGURE_LENGTH_MAX = 60;

export function checkEvidence({ text, figures }: Evidence): Refusal[] {
  const { length } = text.trim();
  const refusals: Refusal[] = [];
  if (length === 0 || length > EVIDENCE_LENGTH_MAX)
    refusals.push({
      code: 'INVALID_INPUT',
      path: ['evidence'],
      rule: 'length',
      message: say(
        `请说明闲置依据，1 至 ${EVIDENCE_LENGTH_MAX} 字`,
        `Say in 1 to ${EVIDENCE_LENGTH_MAX} characters why it seems idle`,
      ),
    });
  const fits = (part: string) => part.trim().length > 0 && part.length <= FIGURE_LENGTH_MAX;
  if (figures.length > FIGURES_MAX)
    refusals.push({
      code: 'INVALID_INPUT',
      path: ['figures'],
      rule: 'range',
      message: say(`指标最多 ${FIGURES_MAX} 项`, `At most ${FIGURES_MAX} figures`),
    });
  figures.slice(0, FIGURES_MAX).forEach((figure, index) => {
    if (!fits(figure.label) || !fits(figure.value))
      refusals.push({
        code: 'INVALID_INPUT',
        path: ['figures', String(index)],
        rule: 'length',
        message: say(
          `指标名称和数值各 1 至 ${FIGURE_LENGTH_MAX} 字`,
          `A figure has a name and a value of 1 to ${FIGURE_LENGTH_MAX} characters`,
        ),
      });
  });
  return refusals;
}
