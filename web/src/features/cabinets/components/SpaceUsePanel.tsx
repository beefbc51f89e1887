import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { count } from '../../../lib/quantity';
import { exactTime } from '../../../lib/time';
import { urlText } from '../../../lib/url-state';
import { useUrlState } from '../../../lib/use-url-state';
import { Panel } from '../../../ui/Panel';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { SaveTable } from '../../../ui/SaveTable';
import { SpaceUseQuery } from '../cabinets.gql';
import { daysOfMonth } from './month-days';

const spec = { month: urlText() };
const FIGURES = ['usedUnitDays', 'heldUnitDays', 'blockedUnitDays'] as const;
const TITLES = { usedUnitDays: 'useUsed', heldUnitDays: 'useHeld', blockedUnitDays: 'useBlocked' } as const;

/** Who used how many units for how many days of a month. */
export function SpaceUsePanel() {
  const { t } = useTranslation();
  const [{ month: chosen }, choose] = useUrlState(spec);
  const today = exactTime(new Date().toISOString()).slice(0, 10);
  const month = /^\d{4}-\d{2}$/.test(chosen) && chosen <= today.slice(0, 7) ? chosen : today.slice(0, 7);
  const [{ data, error }, ask] = useQuery({
    query: SpaceUseQuery,
    variables: daysOfMonth(month, today),
    requestPolicy: 'cache-and-network',
  });
  const rows = data?.spaceUse ?? [];
  const name = (row: (typeof rows)[number]): string => row.department?.name ?? t('space.useOwn');
  const sum = (figure: (typeof FIGURES)[number]): number => rows.reduce((total, row) => total + row[figure], 0);
  const table = () => ({
    header: [
      t('space.useDepartment'),
      t('space.useCabinets'),
      ...FIGURES.map((figure) => t(`space.${TITLES[figure]}`)),
    ],
    rows: rows.map((row) => [name(row), row.cabinets, ...FIGURES.map((figure) => row[figure])]),
  });
  return (
    <Panel
      title={t('space.use')}
      aside={
        <span className="jy-tags">
          <label className="jy-inline-label">
            {t('space.useMonth')}{' '}
            <input
              className="jy-date-input"
              type="month"
              max={today.slice(0, 7)}
              value={month}
              onChange={(event) => choose({ month: event.target.value })}
            />
          </label>
          {rows.length > 0 && <SaveTable name={`space-use-${month}`} table={table} />}
        </span>
      }
    >
      <p className="jy-quiet-text">{t('space.useText')}</p>
      {!data ? (
        error ? (
          <FailureState failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
        ) : (
          <LoadingState rows={4} />
        )
      ) : rows.length === 0 ? (
        <EmptyState title={t('space.useNone')} />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys.
        <section className="jy-plain-scroll" aria-label={t('space.use')} tabIndex={0}>
          <table className="jy-small-table" aria-label={t('space.use')}>
            <thead>
              <tr>
                <th scope="col">{t('space.useDepartment')}</th>
                <th scope="col" className="jy-cell-number">
                  {t('space.useCabinets')}
                </th>
                {FIGURES.map((figure) => (
                  <th key={figure} scope="col" className="jy-cell-number">
                    {t(`space.${TITLES[figure]}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.department?.id ?? ''}>
                  <th scope="row">{name(row)}</th>
                  <td className="jy-cell-number">{count(row.cabinets)}</td>
                  {FIGURES.map((figure) => (
                    <td key={figure} className="jy-cell-number">
                      {count(row[figure])}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">{t('space.useTotal')}</th>
                <td />
                {FIGURES.map((figure) => (
                  <td key={figure} className="jy-cell-number">
                    {count(sum(figure))}
                  </td>
                ))}
              </tr>
            </tfoot>
          </table>
        </section>
      )}
    </Panel>
  );
}
