import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { Facts } from '../../../ui/Facts';
import { Money } from '../../../ui/Money';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import { DisputeActions } from '../components/DisputeActions';
import { disputeStates } from '../dispute-states';
import { LineDisputePageQuery, LineDisputeParts } from '../disputes.gql';

/** One objection: which line, why, and what finance answered. */
export function DisputePage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const [{ data, error }, ask] = useQuery({
    query: LineDisputePageQuery,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const askAgain = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  const list = <Link to={routes.disputes()}>{t('dispute.list')}</Link>;
  if (!data)
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={askAgain} home={list} />
    ) : (
      <LoadingState rows={8} />
    );
  const dispute = readFragment(LineDisputeParts, data.lineDispute);
  if (!dispute) return <EmptyState title={t('dispute.unknown')} action={list} />;
  const { department } = dispute;
  return (
    <>
      <PageHeader
        title={dispute.code}
        back={list}
        state={<StateTag look={disputeStates[dispute.state]} word={t(`dispute.state.${dispute.state}`)} />}
        actions={<DisputeActions dispute={dispute} />}
      >
        {t(`dispute.stateText.${dispute.state}`)}
      </PageHeader>
      <Panel
        title={t('dispute.line')}
        aside={
          department && (
            <Link to={`${routes.statement(department.id, dispute.month)}&use=${encodeURIComponent(dispute.useId)}`}>
              {t('dispute.openStatement')}
            </Link>
          )
        }
      >
        <Facts
          facts={[
            { label: t('request.department'), value: department?.name ?? '–' },
            { label: t('statement.month'), value: dispute.month },
            {
              label: t('statement.resource'),
              value: (
                <>
                  {dispute.resourceName} <span className="jy-code">{dispute.resourceCode}</span>
                </>
              ),
            },
            {
              label: t('statement.meter'),
              value:
                dispute.tier > 0 ? `${dispute.name} · ${t('price.tier', { number: dispute.tier + 1 })}` : dispute.name,
            },
            { label: t('dispute.from'), value: <Time at={dispute.from} /> },
            { label: t('dispute.amount'), value: <Money fen={dispute.amount} /> },
            ...(dispute.correctedAmount === null
              ? []
              : [{ label: t('dispute.corrected'), value: <Money fen={dispute.correctedAmount} /> }]),
          ]}
        />
      </Panel>
      <Panel title={t('dispute.words')}>
        <Facts
          facts={[
            { label: t('dispute.reason'), value: dispute.reason, wide: true },
            {
              label: t('dispute.raised'),
              value: (
                <>
                  {dispute.raisedBy} · <Time at={dispute.raisedAt} />
                </>
              ),
            },
            ...(dispute.answer ? [{ label: t('dispute.answer'), value: dispute.answer, wide: true }] : []),
            ...(dispute.answeredAt
              ? [
                  {
                    label: t('dispute.answered'),
                    value: (
                      <>
                        {dispute.answeredBy} · <Time at={dispute.answeredAt} />
                      </>
                    ),
                  },
                ]
              : []),
          ]}
        />
      </Panel>
      {dispute.earlierAnswers.length > 0 && (
        <Panel title={t('dispute.earlier')}>
          <table className="jy-small-table" aria-label={t('dispute.earlier')}>
            <thead>
              <tr>
                <th scope="col">{t('dispute.answered')}</th>
                <th scope="col" className="jy-cell-number">
                  {t('dispute.corrected')}
                </th>
                <th scope="col">{t('dispute.answer')}</th>
              </tr>
            </thead>
            <tbody>
              {dispute.earlierAnswers.map(({ answer, answeredAt, answeredBy, correctedAmount }) => (
                <tr key={answeredAt}>
                  <td>
                    {answeredBy} · <Time at={answeredAt} />
                  </td>
                  <td className="jy-cell-number">
                    <Money fen={correctedAmount} />
                  </td>
                  <td>{answer}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Panel>
      )}
    </>
  );
}
