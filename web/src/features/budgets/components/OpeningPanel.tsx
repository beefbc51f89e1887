import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import type { ResultOf } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { Facts } from '../../../ui/Facts';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { Money } from '../../../ui/Money';
import { useNotice } from '../../../ui/notice';
import { Panel } from '../../../ui/Panel';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { Time } from '../../../ui/Time';
import { WideTable } from '../../../ui/WideTable';
import { type BudgetYearParts, OpenYearMutation, YearPreviewQuery } from '../budget-years.gql';
import { UnpaidList } from './UnpaidList';

/** 开启预算年度: what it would encumber, item by item, before anybody does it; then how far it has come. */
export function OpeningPanel({ budgetYear }: { budgetYear: ResultOf<typeof BudgetYearParts> }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { year, opening, mayOpen } = budgetYear;
  const underWay = opening !== null && opening.endedAt === null;
  const [shown, show] = useState(false);
  const [problems, refuse] = useState<readonly string[]>([]);
  const { send, busy } = useOutcome(OpenYearMutation);
  const open = async () => {
    const answer = await send({ year });
    if (!answer.data) return refuse(answer.errors.map(({ message }) => message));
    refuse([]);
    show(false);
    notice(t('budgetYear.opened', { year }));
  };
  return (
    <Panel
      title={t('budgetYear.opening', { year })}
      aside={
        mayOpen &&
        !underWay && (
          <Button onClick={() => show(!shown)} aria-expanded={shown}>
            {t(shown ? 'budgetYear.hidePreview' : opening ? 'budgetYear.previewMore' : 'budgetYear.preview')}
          </Button>
        )
      }
    >
      {opening ? (
        <Facts
          facts={[
            {
              label: t(underWay ? 'budgetYear.underWay' : 'budgetYear.openedAt'),
              value: (
                <>
                  <Time at={opening.endedAt ?? opening.beganAt} exact /> {opening.by}
                </>
              ),
            },
            { label: t('budgetYear.uses'), value: opening.uses },
            { label: t('budgetYear.encumbered'), value: <Money fen={opening.amount} compact /> },
          ]}
        />
      ) : (
        <p className="jy-quiet-text">{t(mayOpen ? 'budgetYear.notOpened' : 'budgetYear.notItsTime', { year })}</p>
      )}
      {opening && <UnpaidList sums={opening.unpaid} />}
      {problems.map((problem) => (
        <p key={problem} role="alert" className="jy-error-text">
          {problem}
        </p>
      ))}
      {shown && <Preview year={year} busy={busy} onOpen={() => void open()} />}
    </Panel>
  );
}

function Preview({ year, busy, onOpen }: { year: number; busy: boolean; onOpen: () => void }) {
  const { t } = useTranslation();
  const [{ data, error }, ask] = useQuery({
    query: YearPreviewQuery,
    variables: { year },
    requestPolicy: 'network-only',
  });
  if (!data)
    return error ? (
      <FailureState failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
    ) : (
      <LoadingState rows={4} />
    );
  const preview = data.budgetYearPreview;
  return (
    <div className="jy-year-preview">
      <p>
        {t('budgetYear.previewText', { count: preview.uses, from: preview.from })}{' '}
        <Money fen={preview.amount} compact />
        {preview.overrunCount > 0 && <> · {t('budgetYear.overruns', { count: preview.overrunCount })}</>}
      </p>
      <UnpaidList sums={preview.unpaid} />
      {preview.items.length > 0 && (
        <WideTable label={t('budgetYear.preview')}>
          <table className="jy-small-table" aria-label={t('budgetYear.preview')}>
            <thead>
              <tr>
                <th scope="col">{t('budget.name')}</th>
                <th scope="col">{t('request.department')}</th>
                <th scope="col" className="jy-cell-number">
                  {t('budgetYear.uses')}
                </th>
                <th scope="col" className="jy-cell-number">
                  {t('budgetYear.willEncumber')}
                </th>
                <th scope="col" className="jy-cell-number">
                  {t('budget.available')}
                </th>
                <th scope="col" className="jy-cell-number">
                  {t('budgetYear.overrun')}
                </th>
              </tr>
            </thead>
            <tbody>
              {preview.items.map(({ budget, uses, amount, overrun }) => (
                <tr key={budget.id}>
                  <th scope="row">
                    <Link to={routes.budget(budget.id)}>{budget.name}</Link>
                  </th>
                  <td>{budget.department.name}</td>
                  <td className="jy-cell-number">{uses}</td>
                  <td className="jy-cell-number">
                    <Money fen={amount} compact />
                  </td>
                  <td className="jy-cell-number">
                    <Money fen={budget.figures.available} compact />
                  </td>
                  <td className="jy-cell-number" data-bad={overrun !== '0'}>
                    {overrun === '0' ? '–' : <Money fen={overrun} compact />}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </WideTable>
      )}
      {preview.itemCount > preview.items.length && (
        <p className="jy-quiet-text">
          {t('budgetYear.firstOf', { shown: preview.items.length, all: preview.itemCount })}
        </p>
      )}
      {preview.uses > 0 && (
        <Button type="primary" loading={busy} onClick={onOpen}>
          {t('budgetYear.open', { year })}
        </Button>
      )}
    </div>
  );
}
