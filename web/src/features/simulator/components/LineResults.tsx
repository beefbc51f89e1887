import { BulbOutlined, CheckCircleOutlined, CloseCircleOutlined, ExclamationCircleOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { StateTag } from '../../../ui/StateTag';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import type { SimulationParts } from '../simulator.gql';

export type Simulation = ResultOf<typeof SimulationParts>;
type Line = Simulation['lines'][number];
export type Hint = Line['hints'][number];

const looks = {
  all: { tone: 'good', icon: CheckCircleOutlined },
  some: { tone: 'waiting', icon: ExclamationCircleOutlined },
  none: { tone: 'bad', icon: CloseCircleOutlined },
} as const;

type Props = {
  simulation: Simulation;
  words: readonly string[];
  /** null = the rows were changed since: what helped then may not help now. */
  onTake: ((index: number, hint: Hint) => void) | null;
};

/** How far each row gets, center by center, by which criterion the rest is refused, and what would make it fit. */
export function LineResults({ simulation, words, onTake }: Props) {
  const { t } = useTranslation();
  return (
    <ol className="jy-what-if-lines">
      {simulation.lines.map((line) => {
        const look = line.placed === line.asked ? 'all' : line.placed === 0 ? 'none' : 'some';
        return (
          <li key={line.index}>
            <div className="jy-line-head">
              <span className="jy-strong">{words[line.index]}</span>
              <StateTag
                look={looks[look]}
                word={t('simulator.fits', { placed: count(line.placed), asked: count(line.asked) })}
              />
            </div>
            {line.kind === 'SERVICE' ? (
              <p className="jy-quiet-text">{t('simulator.serviceStands')}</p>
            ) : (
              <Shares line={line} />
            )}
            {line.hints.length > 0 && (
              <div className="jy-suggestions">
                <p className="jy-quiet-text">
                  <BulbOutlined aria-hidden /> {t('simulator.wouldFit')}
                </p>
                <ul>
                  {line.hints.map((hint) => (
                    <li key={hint.text}>
                      <span>{hint.text}</span>
                      {onTake && (
                        <Button
                          size="small"
                          aria-label={t('simulator.takeThis', { row: line.index + 1, text: hint.text })}
                          onClick={() => onTake(line.index, hint)}
                        >
                          {t('preview.take')}
                        </Button>
                      )}
                    </li>
                  ))}
                </ul>
              </div>
            )}
          </li>
        );
      })}
    </ol>
  );
}

function Shares({ line }: { line: Line }) {
  const { t } = useTranslation();
  // Modes without centers have no shares: the line itself says why.
  const nowhere = line.shares.length === 0 ? line.checks.filter((check) => !check.passed) : [];
  return (
    <>
      <ul className="jy-what-if-shares">
        {line.shares.map((share) => (
          <li key={share.share}>
            <span className="jy-what-if-center">
              {share.center ? (
                <CenterMark role={share.center.role} name={share.center.name} />
              ) : (
                t('previewMore.noCenter')
              )}
            </span>
            <span>
              {share.owed
                ? t('simulator.owed', { things: count(share.count) })
                : t(`previewMore.standing.${share.standing}`, { things: count(share.count) })}
            </span>
            <span className="jy-code jy-quiet-text">
              {share.pools.map(({ pool, count: machines }) => `${pool.code} × ${count(machines)}`).join(' · ')}
            </span>
          </li>
        ))}
      </ul>
      {[...nowhere, ...refusedBy(line)].map((check) => (
        <p key={`${check.criterion} ${check.figures}`} className="jy-what-if-refused">
          <CloseCircleOutlined aria-hidden /> <span className="jy-code">{check.criterion}</span> {check.text}
          {check.figures && <span className="jy-quiet-text"> {check.figures}</span>}
        </p>
      ))}
    </>
  );
}

/** Each criterion with the same figures once: both centers of a pair often refuse alike. */
function refusedBy({ shares }: Line) {
  const failed = shares.flatMap(({ checks }) => checks.filter((check) => !check.passed));
  return failed.filter(
    (check, at) => failed.findIndex((one) => one.criterion === check.criterion && one.figures === check.figures) === at,
  );
}
