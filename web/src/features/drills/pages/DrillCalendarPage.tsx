import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import type { DrDrillDueState, DrDrillKind } from '../../../graphql/enums';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { urlManyOf } from '../../../lib/url-state';
import { useUrlState } from '../../../lib/use-url-state';
import { drillDues, drillStates } from '../../../ui/drill-states';
import { ChipFilter } from '../../../ui/FilterBar';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { StateTag } from '../../../ui/StateTag';
import { useMay } from '../../../ui/viewer-context';
import { WideTable } from '../../../ui/WideTable';
import { PlanDialog } from '../components/PlanDialog';
import { TicketTable } from '../components/TicketTable';
import { DrillCalendarQuery, TicketRow } from '../drills.gql';

/** As the server gives them. */
const LISTED_AT_MOST = 500;
const dues = Object.keys(drillDues) as DrDrillDueState[];
const spec = { due: urlManyOf(dues) };

/** 演练日历: which group is to be drilled next by the rule in force, and what of past drills is still to be put right. */
export function DrillCalendarPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [{ due }, setFilter] = useUrlState(spec);
  const [planning, setPlanning] = useState<{ groupId: string; kind: DrDrillKind } | null>(null);
  const [{ data, error }, ask] = useQuery({ query: DrillCalendarQuery, requestPolicy: 'cache-and-network' });
  if (!data)
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
    ) : (
      <LoadingState rows={12} />
    );
  const { entries, lines, overdue, ruleNumber, effectiveOn, soon } = data.drDrillCalendar;
  const shown = entries.filter(({ state }) => due.length === 0 || due.includes(state));
  const fine = entries.filter(({ state }) => state === 'FINE').length;
  // Of more than the server lists only what is due is counted whole.
  const amounts = { OVERDUE: overdue, SOON: soon, FINE: entries.length < LISTED_AT_MOST ? fine : null };
  return (
    <>
      <PageHeader title={t('drill.calendar')} back={<Link to={routes.drDrills()}>{t('drill.title')}</Link>}>
        {t('drill.rule', { number: ruleNumber, from: effectiveOn })}{' '}
        {lines
          .map(({ everyDays, kind, onlyProtected }) =>
            t(onlyProtected ? 'drill.ruleProtected' : 'drill.ruleAll', {
              kind: t(`drill.kind.${kind}`),
              days: count(everyDays),
            }),
          )
          .join(' ')}{' '}
        <Link to={routes.drDrillRule()}>{t('drill.ruleTitle')}</Link>
      </PageHeader>
      <div className="jy-filter-bar">
        <ChipFilter
          label={t('drill.dueLabel')}
          options={dues.map((value) => ({
            value,
            text:
              amounts[value] === null
                ? t(`drill.due.${value}`)
                : `${t(`drill.due.${value}`)} ${count(amounts[value] ?? 0)}`,
          }))}
          value={due}
          onChange={(next) => setFilter({ due: next })}
        />
      </div>
      <Panel title={t('drill.dueTitle')}>
        {shown.length === 0 ? (
          <EmptyState title={t('drill.nothingDue')}>{t('drill.nothingDueText')}</EmptyState>
        ) : (
          <WideTable label={t('drill.dueTitle')}>
            <table className="jy-small-table">
              <thead>
                <tr>
                  <th scope="col">{t('drill.group')}</th>
                  <th scope="col">{t('drill.kindLabel')}</th>
                  <th scope="col">{t('drill.dueLabel')}</th>
                  <th scope="col">{t('drill.dueOn')}</th>
                  <th scope="col">{t('drill.lastPassed')}</th>
                  <th scope="col">{t('drill.plannedColumn')}</th>
                </tr>
              </thead>
              <tbody>
                {shown.map((entry) => (
                  <tr key={`${entry.groupId}${entry.kind}`}>
                    <th scope="row">
                      <Link to={routes.drGroup(entry.groupId)}>{entry.groupName}</Link>
                    </th>
                    <td>{t(`drill.kind.${entry.kind}`)}</td>
                    <td>
                      <StateTag look={drillDues[entry.state]} word={t(`drill.due.${entry.state}`)} />
                    </td>
                    <td className="jy-number">{exactTime(entry.dueAt).slice(0, 10)}</td>
                    <td className="jy-number">
                      {entry.lastPassedAt ? exactTime(entry.lastPassedAt).slice(0, 10) : t('drill.never')}
                    </td>
                    <td>
                      {entry.planned ? (
                        <>
                          <Link to={routes.drDrill(entry.planned.id)}>{entry.planned.code}</Link>{' '}
                          <StateTag
                            look={drillStates[entry.planned.state]}
                            word={t(`drill.state.${entry.planned.state}`)}
                          />
                        </>
                      ) : may('DR_GROUP', 'EDIT') ? (
                        <Button size="small" onClick={() => setPlanning({ groupId: entry.groupId, kind: entry.kind })}>
                          {t('drill.plan')}
                        </Button>
                      ) : (
                        '–'
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </WideTable>
        )}
      </Panel>
      <Panel title={t('drill.openTickets')}>
        {data.drTickets.length === 0 ? (
          <p className="jy-quiet-text">{t('drill.noTickets')}</p>
        ) : (
          <TicketTable
            tickets={data.drTickets.map((ticket) => ({ ...readFragment(TicketRow, ticket), drill: ticket.drill }))}
          />
        )}
      </Panel>
      {planning && <PlanDialog {...planning} onClose={() => setPlanning(null)} />}
    </>
  );
}
