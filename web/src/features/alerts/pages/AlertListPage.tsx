import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DrAlertSeverity, DrAlertState } from '../../../graphql/enums';
import { readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { urlManyOf, urlText } from '../../../lib/url-state';
import { ChipFilter, SearchFilter } from '../../../ui/FilterBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { EmptyState } from '../../../ui/page-states';
import { StateTag } from '../../../ui/StateTag';
import { Time, Waiting } from '../../../ui/Time';
import type { Column } from '../../../ui/table/columns';
import { useMay } from '../../../ui/viewer-context';
import { nextRoute, severityLooks, stateLooks } from '../alert-looks';
import { type AlertLine, AlertListQuery, AlertRow } from '../alerts.gql';
import { useAlertsLive } from '../use-alerts-live';

const severities = Object.keys(severityLooks) as DrAlertSeverity[];
const states = Object.keys(stateLooks) as DrAlertState[];
const spec = { search: urlText(), severities: urlManyOf(severities), states: urlManyOf(states), group: urlText() };

/** 告警: what is broken, since when, which promise is lost, and what to press next. */
export function AlertListPage() {
  const { t } = useTranslation();
  const may = useMay();
  const list = useList({
    name: 'alerts',
    spec,
    query: AlertListQuery,
    variables: ({ group, search, severities: grave, states: of }) => ({
      filter: {
        search: search || null,
        severities: grave.length > 0 ? grave : null,
        states: of.length > 0 ? of : null,
        groupId: group || null,
      },
    }),
    rows: ({ drAlerts }) => ({ ...drAlerts, rows: readFragment(AlertRow, drAlerts.nodes) }),
  });
  useAlertsLive(list.retry);
  const { data, filter, setFilter } = list;
  const open = (severity: DrAlertSeverity) =>
    (data?.drAlertCounts ?? []).filter((one) => one.severity === severity).reduce((sum, one) => sum + one.alerts, 0);
  const columns = useMemo((): Column<AlertLine>[] => alertColumns(t), [t]);
  return (
    <ListPage
      list={list}
      title={t('alert.title')}
      lead={t('alert.lead')}
      columns={columns}
      rowKey={({ id }) => id}
      actions={may('DUTY', 'READ') && <Link to={routes.dutyRoster()}>{t('alert.toRoster')}</Link>}
      filters={
        <>
          <SearchFilter
            label={t('alert.search')}
            placeholder={t('alert.search')}
            value={filter.search}
            onChange={(search) => setFilter({ search })}
          />
          <ChipFilter
            label={t('alert.severityLabel')}
            options={severities.map((value) => ({
              value,
              text: `${t(`alert.severity.${value}`)} ${count(open(value))}`,
            }))}
            value={filter.severities}
            onChange={(grave) => setFilter({ severities: grave })}
          />
          <ChipFilter
            label={t('alert.stateLabel')}
            options={states.map((value) => ({ value, text: t(`alert.state.${value}`) }))}
            value={filter.states}
            onChange={(of) => setFilter({ states: of })}
          />
        </>
      }
      empty={
        <EmptyState title={t('alert.none')} action={<Link to={routes.drGroups()}>{t('dr.title')}</Link>}>
          {t('alert.noneText')}
        </EmptyState>
      }
    />
  );
}

function alertColumns(t: TFunction): Column<AlertLine>[] {
  return [
    {
      ...{ key: 'broken', title: t('alert.broken'), leading: true },
      render: ({ answers, code, id }) => (
        <>
          <Link to={routes.alert(id)}>{answers.broken}</Link>
          <div className="jy-quiet-text jy-code">{code}</div>
        </>
      ),
      text: ({ answers }) => answers.broken,
    },
    {
      ...{ key: 'severity', title: t('alert.severityLabel') },
      render: ({ severity, state }) => (
        <>
          <StateTag look={severityLooks[severity]} word={t(`alert.severity.${severity}`)} />
          <div className="jy-quiet-text">{t(`alert.state.${state}`)}</div>
        </>
      ),
      text: ({ severity, state }) => `${t(`alert.severity.${severity}`)} ${t(`alert.state.${state}`)}`,
    },
    {
      ...{ key: 'since', title: t('alert.since') },
      render: ({ closedAt, since }) => (
        <>
          <Time at={since} />
          <div className="jy-quiet-text">
            {closedAt ? t('alert.closedAt', { at: exactTime(closedAt) }) : <Waiting since={since} />}
          </div>
        </>
      ),
      text: ({ since }) => exactTime(since),
    },
    {
      ...{ key: 'promise', title: t('alert.promise') },
      render: ({ answers }) => answers.promise,
      text: ({ answers }) => answers.promise,
    },
    {
      ...{ key: 'next', title: t('alert.next') },
      render: (row) =>
        row.state === 'CLOSED' ? '–' : <Link to={nextRoute(row.answers.next, row)}>{row.answers.nextText}</Link>,
      text: ({ answers }) => answers.nextText,
    },
    {
      ...{ key: 'who', title: t('alert.who'), optional: true },
      render: ({ acknowledgedBy, callsOut, unansweredAt }) =>
        acknowledgedBy ?? (unansweredAt ? t('alert.unanswered') : t(callsOut ? 'alert.calling' : 'alert.notCalling')),
      text: ({ acknowledgedBy }) => acknowledgedBy ?? '',
    },
  ];
}
