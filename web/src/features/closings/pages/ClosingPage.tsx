import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { yuanCell } from '../../../lib/csv';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { closingStates } from '../../../ui/closing-states';
import { Facts } from '../../../ui/Facts';
import { Money } from '../../../ui/Money';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { SaveTable } from '../../../ui/SaveTable';
import { StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import { ClosingPageQuery, ClosingParts } from '../closings.gql';
import { ChecklistTable } from '../components/ChecklistTable';
import { ClosingActions } from '../components/ClosingActions';
import { SealPanel } from '../components/SealPanel';

/** One close or reversal: who signed for what, under which hash, and each department's part of it. */
export function ClosingPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const [{ data, error }, ask] = useQuery({
    query: ClosingPageQuery,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const askAgain = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  const list = <Link to={routes.closings()}>{t('closing.list')}</Link>;
  if (!data)
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={askAgain} home={list} />
    ) : (
      <LoadingState rows={10} />
    );
  const closing = readFragment(ClosingParts, data.closing);
  if (!closing) return <EmptyState title={t('closing.unknown')} action={list} />;
  const book = closing.city?.name ?? t('closing.province');
  const statements = closing.statementsClosed;
  const table = () => ({
    header: [t('request.department'), t('closing.lines'), t('closing.amount'), 'SM3'],
    rows: statements.map(({ amount, departmentName, hash, lines }) => [departmentName, lines, yuanCell(amount), hash]),
  });
  return (
    <>
      <PageHeader
        title={t(`closing.titles.${closing.kind}`, { book, month: closing.ofMonth })}
        back={list}
        state={<StateTag look={closingStates[closing.state]} word={t(`closing.state.${closing.state}`)} />}
        actions={<ClosingActions closing={closing} />}
      >
        {t(`closing.stateText.${closing.state}`)}
      </PageHeader>
      <Panel title={t('closing.signed')}>
        <Facts
          facts={[
            { label: t('closing.amount'), value: <Money fen={closing.amount} /> },
            { label: t('closing.lines'), value: count(closing.lines) },
            ...(closing.month === closing.ofMonth ? [] : [{ label: t('closing.standsIn'), value: closing.month }]),
            { label: t('closing.requestedBy'), value: closing.requestedBy },
            { label: t('closing.requestedAt'), value: <Time at={closing.requestedAt} /> },
            { label: t('closing.decidedBy'), value: closing.decidedBy ?? '–' },
            ...(closing.decidedAt ? [{ label: t('closing.decidedAt'), value: <Time at={closing.decidedAt} /> }] : []),
            ...(closing.reason ? [{ label: t('closing.reason'), value: closing.reason, wide: true }] : []),
            ...(closing.opinion ? [{ label: t('closing.opinion'), value: closing.opinion, wide: true }] : []),
          ]}
        />
      </Panel>
      <SealPanel closing={closing} />
      {closing.checklist.length > 0 && (
        <Panel title={t('closing.checklist')}>
          <ChecklistTable checks={closing.checklist} />
        </Panel>
      )}
      {statements.length > 0 && (
        <Panel title={t('closing.statements')} aside={<SaveTable name={`closing-${closing.ofMonth}`} table={table} />}>
          <table className="jy-small-table">
            <thead>
              <tr>
                <th scope="col">{t('request.department')}</th>
                <th scope="col" className="jy-cell-number">
                  {t('closing.lines')}
                </th>
                <th scope="col" className="jy-cell-number">
                  {t('closing.amount')}
                </th>
                <th scope="col">SM3</th>
              </tr>
            </thead>
            <tbody>
              {statements.map(({ amount, departmentId, departmentName, hash, lines }) => (
                <tr key={departmentId}>
                  <th scope="row">
                    <Link to={routes.statement(departmentId, closing.ofMonth)}>{departmentName}</Link>
                  </th>
                  <td className="jy-cell-number">{count(lines)}</td>
                  <td className="jy-cell-number">
                    <Money fen={amount} />
                  </td>
                  <td className="jy-code">{hash.slice(0, 16)}…</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Panel>
      )}
    </>
  );
}
