import { Button } from 'antd';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { Facts } from '../../../ui/Facts';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { StateTag } from '../../../ui/StateTag';
import { Time, Waiting } from '../../../ui/Time';
import { useMay } from '../../../ui/viewer-context';
import { WideTable } from '../../../ui/WideTable';
import { nextRoute, severityLooks, stateLooks } from '../alert-looks';
import { AlertFacts, AlertQuery, AlertRow } from '../alerts.gql';
import { AcknowledgeDialog } from '../components/AcknowledgeDialog';
import { useAlertsLive } from '../use-alerts-live';

type Alert = ResultOf<typeof AlertFacts>;

/** One alert: four answers, what was done, and who was called. */
export function AlertPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const [{ data, error }, ask] = useQuery({ query: AlertQuery, variables: { id }, requestPolicy: 'cache-and-network' });
  const again = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  useAlertsLive(again);
  if (!data)
    return error ? <FailureState wholePage failure={failureOf(error)} onRetry={again} /> : <LoadingState rows={8} />;
  if (!data.drAlert)
    return (
      <EmptyState title={t('alert.notThere')} action={<Link to={routes.alerts()}>{t('alert.title')}</Link>}>
        {t('alert.notThereText')}
      </EmptyState>
    );
  return <AlertParts alert={readFragment(AlertFacts, data.drAlert)} />;
}

function AlertParts({ alert }: { alert: Alert }) {
  const { t } = useTranslation();
  const may = useMay();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const row = readFragment(AlertRow, alert);
  const { answers, severity, state } = row;
  return (
    <>
      <PageHeader
        title={row.code}
        back={<Link to={routes.alerts()}>{t('alert.title')}</Link>}
        state={
          <>
            <StateTag look={severityLooks[severity]} word={t(`alert.severity.${severity}`)} />{' '}
            <StateTag look={stateLooks[state]} word={t(`alert.state.${state}`)} />
          </>
        }
        actions={
          <>
            {state !== 'CLOSED' && (
              <Button onClick={() => navigate(nextRoute(answers.next, row))}>{answers.nextText}</Button>
            )}
            {row.mayAcknowledge && (
              <Button type="primary" onClick={() => setOpen(true)}>
                {t('alert.acknowledge')}
              </Button>
            )}
          </>
        }
      >
        {answers.broken}
      </PageHeader>
      <Panel title={t('alert.fourAnswers')}>
        <Facts
          facts={[
            { label: t('alert.broken'), value: answers.broken, wide: true },
            {
              label: t('alert.since'),
              value: (
                <>
                  <Time at={row.since} exact />{' '}
                  {state !== 'CLOSED' && (
                    <span className="jy-quiet-text">
                      (<Waiting since={row.since} />)
                    </span>
                  )}
                </>
              ),
            },
            { label: t('alert.promise'), value: answers.promise, wide: true },
            {
              label: t('alert.next'),
              value:
                state === 'CLOSED' ? (
                  t('alert.nothing')
                ) : (
                  <Link to={nextRoute(answers.next, row)}>{answers.nextText}</Link>
                ),
              wide: true,
            },
            {
              label: t('alert.who'),
              value: row.acknowledgedBy ? (
                <>
                  {row.acknowledgedBy} <Time at={alert.acknowledgedAt} />
                  {alert.acknowledgedNote && <div className="jy-quiet-text">{alert.acknowledgedNote}</div>}
                </>
              ) : (
                t(row.unansweredAt ? 'alert.unanswered' : row.callsOut ? 'alert.calling' : 'alert.notCalling')
              ),
            },
            ...(row.event
              ? [
                  {
                    label: t('alert.ofEvent'),
                    value: <Link to={routes.dutyTicket(row.event.id)}>{row.event.code}</Link>,
                  },
                ]
              : []),
            ...(row.behind > 0 ? [{ label: t('alert.behind'), value: t('alert.behindText', { n: row.behind }) }] : []),
            ...(row.headId
              ? [{ label: t('alert.behind'), value: <Link to={routes.alert(row.headId)}>{t('alert.underHead')}</Link> }]
              : []),
            ...(row.groupId
              ? [{ label: t('dr.group'), value: <Link to={routes.drGroup(row.groupId)}>{row.name}</Link> }]
              : [{ label: t('alert.center'), value: row.name }]),
          ]}
        />
      </Panel>
      {may('DUTY', 'READ') && (
        <Panel title={t('alert.calls')}>
          <Calls alert={alert} />
        </Panel>
      )}
      <Panel title={t('alert.events')}>
        <WideTable label={t('alert.events')}>
          <table className="jy-small-table">
            <tbody>
              {alert.events.map(({ at, byName, kind, note, severity: then }) => (
                <tr key={`${at}-${kind}`}>
                  <th scope="row">
                    <Time at={at} exact />
                  </th>
                  <td>{t(`alert.event.${kind}`)}</td>
                  <td>
                    <StateTag look={severityLooks[then]} word={t(`alert.severity.${then}`)} />
                  </td>
                  <td>
                    {byName}
                    {note && <div className="jy-quiet-text">{note}</div>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </WideTable>
      </Panel>
      {open && <AcknowledgeDialog id={alert.id} version={row.version} onClose={() => setOpen(false)} />}
    </>
  );
}

function Calls({ alert: { calls, nextCallAt } }: { alert: Alert }) {
  const { t } = useTranslation();
  return (
    <>
      {nextCallAt && (
        <p>
          {t('alert.nextCall')} <Time at={nextCallAt} exact />
        </p>
      )}
      {calls.length === 0 ? (
        <p className="jy-quiet-text">{t('alert.noCalls')}</p>
      ) : (
        <WideTable label={t('alert.calls')}>
          <table className="jy-small-table">
            <thead>
              <tr>
                <th scope="col">{t('alert.calledAt')}</th>
                <th scope="col">{t('alert.person')}</th>
                <th scope="col">{t('alert.deadline')}</th>
                <th scope="col">{t('alert.delivery')}</th>
              </tr>
            </thead>
            <tbody>
              {calls.map(({ calledAt, deadlineAt, deliveries, person, role, round }) => (
                <tr key={`${calledAt}-${role}-${String(round)}`}>
                  <th scope="row">
                    <Time at={calledAt} exact />
                  </th>
                  <td>
                    {person ?? '–'}
                    <div className="jy-quiet-text">
                      {t(`duty.role.${role}`)} · {t('alert.round', { n: round })}
                    </div>
                  </td>
                  <td>
                    <Time at={deadlineAt} exact />
                  </td>
                  <td>
                    {deliveries.length === 0
                      ? t('alert.consoleOnly')
                      : deliveries.map(({ attempts, channel, lastError, state }) => (
                          <div key={channel}>
                            {channel} {t(`alert.deliveries.${state}`)}
                            {state !== 'SENT' && attempts > 0 && (
                              <span className="jy-quiet-text">
                                {' '}
                                {t('alert.attempts', { n: attempts, error: lastError ?? '' })}
                              </span>
                            )}
                          </div>
                        ))}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </WideTable>
      )}
    </>
  );
}
