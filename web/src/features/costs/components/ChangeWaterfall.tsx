import { useTranslation } from 'react-i18next';
import type { CostChangePart } from '../../../graphql/enums';
import { Money } from '../../../ui/Money';
import { type Step, type Sum, stepsOf } from './change-steps';

const BOX = { width: 100, height: 100, gap: 0.24 };

type Props = { sum: Sum; from: string; to: string; part: CostChangePart | ''; onOpen: (part: CostChangePart) => void };

/** From what a month cost to what another costs, step by step; under each bar its figure, which opens what it is made of. */
export function ChangeWaterfall({ sum, from, to, part, onOpen }: Props) {
  const { t } = useTranslation();
  const { cut, steps } = stepsOf(sum);
  const word = (key: Step['key']) => (key === 'BEFORE' ? from : key === 'AFTER' ? to : t(`cost.change.parts.${key}`));
  return (
    <figure className="jy-waterfall" aria-label={t('cost.change.chart', { from, to })}>
      <ol className="jy-waterfall-steps">
        {steps.map(({ amount, direction, height, key, y }, index) => {
          const next = steps[index + 1];
          const level = direction === 'down' ? y + height : y;
          const opens = key === 'BEFORE' || key === 'AFTER' || key === 'REST' ? null : key;
          const words = (
            <>
              <span className="jy-waterfall-word">{word(key)}</span>
              <Money fen={amount} compact signed={direction !== 'whole'} />
            </>
          );
          return (
            <li key={key} data-direction={direction} data-open={opens !== null && opens === part}>
              <svg aria-hidden="true" viewBox={`0 0 ${BOX.width} ${BOX.height}`} preserveAspectRatio="none">
                {next && (
                  <line
                    className="jy-waterfall-level"
                    x1={BOX.width * (1 - BOX.gap / 2)}
                    x2={BOX.width}
                    y1={level * BOX.height}
                    y2={level * BOX.height}
                  />
                )}
                <rect
                  x={(BOX.width * BOX.gap) / 2}
                  width={BOX.width * (1 - BOX.gap)}
                  y={y * BOX.height}
                  height={Math.max(height * BOX.height, amount === '0' ? 0 : 1)}
                />
              </svg>
              {opens ? (
                <button
                  type="button"
                  className="jy-waterfall-figure"
                  aria-pressed={opens === part}
                  title={t(`cost.change.means.${opens}`)}
                  onClick={() => onOpen(opens)}
                >
                  {words}
                </button>
              ) : (
                <span className="jy-waterfall-figure">{words}</span>
              )}
            </li>
          );
        })}
      </ol>
      {cut && <figcaption className="jy-quiet-text">{t('cost.change.cut')}</figcaption>}
    </figure>
  );
}
