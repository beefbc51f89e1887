import { CheckCircleOutlined, CloseCircleOutlined, ExclamationCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { StateTag } from '../../../ui/StateTag';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import type { SimulationParts } from '../simulator.gql';

export type Simulation = ResultOf<typeof SimulationParts>;

const looks = {
  all: { tone: 'good', icon: CheckCircleOutlined },
  some: { tone: 'waiting', icon: ExclamationCircleOutlined },
  none: { tone: 'bad', icon: CloseCircleOutlined },
} as const;

/** How far each row gets, where its machines would go, and by which criterion the rest is refused. */
export function LineResults({ simulation, words }: { simulation: Simulation; words: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <ol className="jy-what-if-lines">
      {simulation.lines.map((line) => {
        const refused = line.checks.find((check) => !check.passed);
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
            <p className="jy-line-place">
              {line.placements.map(({ pool, count: machines }) => (
                <span key={pool.id} className="jy-what-if-place">
                  {pool.center && <CenterMark role={pool.center.role} name={pool.center.name} />}
                  <span className="jy-code">
                    {pool.code} × {count(machines)}
                  </span>
                </span>
              ))}
            </p>
            {refused && (
              <p>
                <span className="jy-code">{refused.criterion}</span> {refused.text}
                {refused.figures && <span className="jy-quiet-text"> {refused.figures}</span>}
              </p>
            )}
          </li>
        );
      })}
    </ol>
  );
}
