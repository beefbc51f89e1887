import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { Time } from '../../../ui/Time';
import { useMay } from '../../../ui/viewer-context';
import { CalendarYearRow, CalendarYearsQuery } from '../approvals.gql';
import { CalendarYearForm } from '../forms/CalendarYearForm';
import { runsOf } from '../runs-of-days';

type Year = ResultOf<typeof CalendarYearRow>;

/** 工作日历: by what deadlines are counted, year by year; what nobody has published yet says so. */
export function WorkingDaysPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [{ data, error }, ask] = useQuery({ query: CalendarYearsQuery, requestPolicy: 'cache-and-network' });
  const [editing, setEditing] = useState<Year | null>(null);
  const years = data && readFragment(CalendarYearRow, data.calendarYears).toReversed();
  return (
    <>
      <PageHeader title={t('workingDays.title')}>{t('workingDays.lead')}</PageHeader>
      {years ? (
        <div>
          {years.map((year) => (
            <YearPanel key={year.year} year={year} onEdit={may('CALENDAR', 'EDIT') ? () => setEditing(year) : null} />
          ))}
        </div>
      ) : error ? (
        <FailureState failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
      ) : (
        <LoadingState rows={8} />
      )}
      {editing && <CalendarYearForm year={editing} onClose={() => setEditing(null)} />}
    </>
  );
}

function YearPanel({ year, onEdit }: { year: Year; onEdit: (() => void) | null }) {
  const { t } = useTranslation();
  const holidays = year.days.filter(({ kind }) => kind === 'HOLIDAY').length;
  const edit = onEdit && (
    <Button onClick={onEdit}>{t(year.published ? 'workingDays.edit' : 'workingDays.enter')}</Button>
  );
  return (
    <Panel title={t('workingDays.year', { year: year.year })} aside={edit}>
      {year.published ? (
        <>
          <p>{t('workingDays.counts', { holidays, working: year.days.length - holidays })}</p>
          <p className="jy-quiet-text">
            {t('workingDays.sourceIs', { source: year.source ?? '' })} ·{' '}
            {t('workingDays.changedBy', { name: year.changedBy ?? '' })} <Time at={year.changedAt} />
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard. */}
          <section className="jy-scroll-x" tabIndex={0} aria-label={t('workingDays.days')}>
            <table className="jy-small-table">
              <thead>
                <tr>
                  <th scope="col">{t('workingDays.day')}</th>
                  <th scope="col">{t('workingDays.name')}</th>
                  <th scope="col">{t('workingDays.kind')}</th>
                </tr>
              </thead>
              <tbody>
                {runsOf(year.days).map((run) => (
                  <tr key={run.from}>
                    <td className="jy-number">{run.from === run.to ? run.from : `${run.from} – ${run.to}`}</td>
                    <td>{run.name}</td>
                    <td>{t(`workingDays.kinds.${run.kind}`)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </>
      ) : (
        <p>{t('workingDays.notPublished')}</p>
      )}
    </Panel>
  );
}
