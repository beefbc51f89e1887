import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../graphql/tada';
import { count } from '../../lib/quantity';
import { CenterMark } from '../three-centers/CenterMark';
import { WideTable } from '../WideTable';
import type { CandidateParts } from './candidates.gql';

type Full = ResultOf<typeof CandidateParts>;
/** The center is left out where it stands beside the table. */
export type Candidate = Omit<Full, 'pool'> & {
  pool: Omit<Full['pool'], 'center'> & Partial<Pick<Full['pool'], 'center'>>;
};

const PARTS = ['balance', 'fragmentation', 'locality', 'headroom'] as const;
/** Scores are told of 1000. */
const WHOLE = 1000;
const PERCENT = 100;

type Props = {
  candidates: readonly Candidate[];
  label: string;
  /** What stands in the last column: a number that is chosen, or how many were taken. */
  last?: { title: string; of: (candidate: Candidate) => ReactNode };
  /** Before the pool's name, where one of them is chosen: there it is seen on the narrowest page. */
  lead?: (candidate: Candidate) => ReactNode;
};

/** Pools side by side: what each could take, its score with its parts, or the criterion that leaves it out. */
export function CandidateTable({ candidates, label, last, lead }: Props) {
  const { t } = useTranslation();
  return (
    <WideTable label={label}>
      <table className="jy-small-table jy-candidates" aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{t('placement.pool')}</th>
            <th scope="col" className="jy-cell-number">
              {t('placement.fits')}
            </th>
            <th scope="col" className="jy-cell-number">
              {t('placement.score')}
            </th>
            <th scope="col">{t('placement.parts')}</th>
            {last && (
              <th scope="col" className="jy-cell-number">
                {last.title}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {candidates.map((candidate) => (
            <tr key={candidate.pool.id} data-left-out={candidate.refusedBy !== null}>
              <th scope="row">
                {lead?.(candidate)}
                {candidate.pool.center && (
                  <CenterMark role={candidate.pool.center.role} name={candidate.pool.center.name} />
                )}
                <span className="jy-code jy-under">{candidate.pool.code}</span>
              </th>
              <td className="jy-cell-number">{candidate.refusedBy ? '–' : count(candidate.fits)}</td>
              <td className="jy-cell-number">{candidate.score === null ? '–' : count(candidate.score)}</td>
              <td>
                {candidate.refusedBy ? (
                  <span className="jy-quiet-text">
                    {t('placement.leftOut')} <span className="jy-code">{candidate.refusedBy}</span>{' '}
                    {wordOf(t, candidate.refusedBy)}
                  </span>
                ) : (
                  <Parts candidate={candidate} />
                )}
              </td>
              {last && <td className="jy-cell-number">{last.of(candidate)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  );
}

function Parts({ candidate }: { candidate: Candidate }) {
  const { t } = useTranslation();
  return (
    <span className="jy-score-parts">
      {PARTS.map((part) => (
        <span key={part} className="jy-score-part" title={`${t(`placement.part.${part}`)} ${candidate[part] ?? 0}`}>
          <span className="jy-quiet-text">{t(`placement.part.${part}`)}</span>
          <span className="jy-score-track" aria-hidden="true">
            <span style={{ width: `${((candidate[part] ?? 0) / WHOLE) * PERCENT}%` }} />
          </span>
          <span className="jy-number">{candidate[part] ?? 0}</span>
        </span>
      ))}
    </span>
  );
}

const KNOWN = [
  ...([
    'P1',
    'P2',
    'P6',
    'P7',
    'P8',
    'P9',
    'P10',
    'P12',
    'P13',
    'P14',
    'P15',
    'P16',
    'P17',
    'P18',
    'P20',
    'P21',
  ] as const),
  ...(['D3', 'NODES', 'PRICE'] as const),
] as const;

function wordOf(t: TFunction, criterion: string): string {
  const known = KNOWN.find((one) => one === criterion);
  return known ? t(`placement.criterion.${known}`) : '';
}
