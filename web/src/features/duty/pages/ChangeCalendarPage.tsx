import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button, Segmented, Select } from 'antd';
import type { TFunction } from 'i18next';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { urlOneOf, urlText } from '../../../lib/url-state';
import { useNow } from '../../../lib/use-now';
import { useUrlState } from '../../../lib/use-url-state';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { type SavedTable, SaveTable } from '../../../ui/SaveTable';
import { PlannedDays, whereText } from '../components/PlannedDays';
import { PlannedGrid } from '../components/PlannedGrid';
import { boundsOf, dayAsked, daysShown, moved, type Span } from '../planned-days';
import { CalendarQuery, ConflictParts, type Planned } from '../plans.gql';
import { useDutyLive } from '../use-duty-live';

const spans: readonly Span[] = ['month', 'week'];
const spec = { span: urlOneOf<Span>(spans, 'month'), day: urlText(), center: urlText() };

/** 变更日历: what is to be changed, frozen and drilled when, and which of it stands in another's way. */
export function ChangeCalendarPage() {
  const { t } = useTranslation();
  const [{ center, day: asked, span }, setUrl] = useUrlState(spec);
  const today = exactTime(new Date(useNow()).toISOString()).slice(0, 10);
  const day = dayAsked(asked, today);
  const days = useMemo(() => daysShown(span, day), [span, day]);
  const [{ data, error }, ask] = useQuery({
    query: CalendarQuery,
    variables: useMemo(() => boundsOf(days), [days]),
    requestPolicy: 'cache-and-network',
  });
  const again = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  useDutyLive(again);
  // What is of no center that is known, or of all of them, may be of this one.
  const planned = (data?.dutyCalendar.planned ?? []).filter(
    ({ centers }) => center === '' || centers.length === 0 || centers.some(({ id }) => id === center),
  );
  const conflicting = planned.filter(({ conflicts, kind }) => kind !== 'FREEZE' && conflicts.length > 0).length;
  return (
    <>
      <PageHeader
        title={t('changeCalendar.title')}
        back={<Link to={routes.duty()}>{t('desk.name')}</Link>}
        actions={<Link to={routes.dutyStandards()}>{t('standardChange.title')}</Link>}
      >
        {t('changeCalendar.lead')}
      </PageHeader>
      <div className="jy-filter-bar">
        <Segmented
          aria-label={t('changeCalendar.spanLabel')}
          value={span}
          options={spans.map((value) => ({ value, label: t(`changeCalendar.span.${value}`) }))}
          onChange={(next) => setUrl({ span: next })}
        />
        <Button
          icon={<LeftOutlined aria-hidden />}
          aria-label={t(`changeCalendar.before.${span}`)}
          onClick={() => setUrl({ day: moved(span, day, -1) })}
        />
        <strong className="jy-number">{span === 'month' ? day.slice(0, 7) : `${days[0]} – ${days.at(-1)}`}</strong>
        <Button
          icon={<RightOutlined aria-hidden />}
          aria-label={t(`changeCalendar.after.${span}`)}
          onClick={() => setUrl({ day: moved(span, day, 1) })}
        />
        <Button onClick={() => setUrl({ day: '' })}>{t('changeCalendar.today')}</Button>
        <Select
          className="jy-filter-select"
          aria-label={t('desk.center')}
          value={center}
          options={[
            { value: '', label: t('freeze.allCenters') },
            ...(data?.centers ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(next: string) => setUrl({ center: next })}
        />
      </div>
      {!data ? (
        error ? (
          <FailureState failure={failureOf(error)} onRetry={again} />
        ) : (
          <LoadingState rows={10} />
        )
      ) : (
        <>
          {data.dutyCalendar.isCut && <p className="jy-desk-frozen">{t('changeCalendar.cut')}</p>}
          {conflicting > 0 && (
            <p className="jy-desk-frozen" role="status">
              {t('changeCalendar.conflicting', { n: conflicting })}
            </p>
          )}
          {span === 'month' && (
            <div className="jy-plan-wide">
              <PlannedGrid
                days={days}
                month={day.slice(0, 7)}
                today={today}
                planned={planned}
                onDay={(next) => setUrl({ span: 'week', day: next })}
              />
            </div>
          )}
          <Panel
            title={t('changeCalendar.byDay')}
            aside={
              planned.length > 0 && (
                <SaveTable name={`change-calendar-${day}`} table={() => calendarTable(t, planned)} />
              )
            }
          >
            {planned.length === 0 ? (
              <EmptyState title={t('changeCalendar.none')} action={<Link to={routes.duty()}>{t('desk.name')}</Link>}>
                {t('changeCalendar.noneText')}
              </EmptyState>
            ) : (
              <PlannedDays days={days} today={today} planned={planned} />
            )}
          </Panel>
        </>
      )}
    </>
  );
}

/** What stands on the page, a line each. */
function calendarTable(t: TFunction, planned: readonly Planned[]): SavedTable {
  const words = ['kindLabel', 'code', 'what', 'from', 'to', 'where', 'systems', 'ofTicket'] as const;
  return {
    header: words.map((word) => t(`changeCalendar.${word}`)),
    rows: planned.map((item) => [
      ...[t(`changeCalendar.kind.${item.kind}`), item.code, item.title, exactTime(item.from), exactTime(item.to)],
      ...[whereText(t, item), item.systems.join(t('dr.comma'))],
      readFragment(ConflictParts, item.conflicts)
        .map(({ code, why }) => `${t(`changeCalendar.why.${why}`)} ${code}`)
        .join(t('dr.semicolon')),
    ]),
  };
}
