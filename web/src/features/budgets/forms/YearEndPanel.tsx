import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { FundNature } from '../../../graphql/enums';
import { failureOf } from '../../../graphql/failure';
import type { ResultOf } from '../../../graphql/tada';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { Money } from '../../../ui/Money';
import { useNotice } from '../../../ui/notice';
import { Panel } from '../../../ui/Panel';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { Time } from '../../../ui/Time';
import { WideTable } from '../../../ui/WideTable';
import { type BudgetYearParts, EndYearMutation, YearEndPreviewQuery } from '../budget-years.gql';
import { CarryRuleDialog } from './CarryRuleDialog';

type Year = ResultOf<typeof BudgetYearParts>;

/** 年终处理: by which rule what is left is carried over or collected, what that would be, and the act. */
export function YearEndPanel({ budgetYear }: { budgetYear: Year }) {
  const { t } = useTranslation();
  const { year, end, mayEnd, carryRules } = budgetYear;
  const [ruled, rule] = useState<FundNature | null>(null);
  return (
    <Panel title={t('budgetYear.end', { year })}>
      {end && (
        <p>
          {t(end.endedAt ? 'budgetYear.endedAt' : 'budgetYear.ending')} <Time at={end.endedAt ?? end.beganAt} exact />{' '}
          {end.by}
        </p>
      )}
      {end && end.waitsFor.length > 0 && (
        <p>
          {t('budgetYear.waitsFor')}{' '}
          {end.waitsFor
            .map(({ city, month }) => t('budgetYear.waitsForCity', { city, month }))
            .join(t('budgetYear.listComma'))}
        </p>
      )}
      <WideTable label={t('budgetYear.rules')}>
        <table className="jy-small-table" aria-label={t('budgetYear.rules')}>
          <thead>
            <tr>
              <th scope="col">{t('project.fundNature')}</th>
              <th scope="col">{t('budgetYear.rule')}</th>
              <th scope="col">{t('budgetYear.basis')}</th>
              <th scope="col" aria-label={t('budgetYear.setRule')} />
            </tr>
          </thead>
          <tbody>
            {carryRules.map(({ fundNature, action, fromYear, reason }) => (
              <tr key={fundNature}>
                <th scope="row">{t(`project.fundNatures.${fundNature}`)}</th>
                <td>{t(`budgetYear.actions.${action}`)}</td>
                <td className="jy-quiet-text">
                  {fromYear === null ? t('budgetYear.usual') : t('budgetYear.setFrom', { year: fromYear, reason })}
                </td>
                <td>
                  {!end && (
                    <Button size="small" onClick={() => rule(fundNature)}>
                      {t('budgetYear.setRule')}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </WideTable>
      {mayEnd ? <Ending year={year} /> : !end && <p className="jy-quiet-text">{t('budgetYear.notOver', { year })}</p>}
      {ruled && <CarryRuleDialog year={year} fundNature={ruled} onClose={() => rule(null)} />}
    </Panel>
  );
}

function Ending({ year }: { year: number }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const [problems, refuse] = useState<readonly string[]>([]);
  const { send, busy } = useOutcome(EndYearMutation);
  const [{ data, error }, ask] = useQuery({ query: YearEndPreviewQuery, variables: { year } });
  if (!data)
    return error ? (
      <FailureState failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
    ) : (
      <LoadingState rows={3} />
    );
  const end = async () => {
    const answer = await send({ year });
    if (!answer.data) return refuse(answer.errors.map(({ message }) => message));
    notice(t('budgetYear.endBegun', { year }));
  };
  return (
    <>
      <ul className="jy-plain-list">
        {data.budgetYearEndPreview.map(({ fundNature, action, budgets, released, left }) => (
          <li key={fundNature}>
            {t(`project.fundNatures.${fundNature}`)} · {t('budgetYear.budgets', { count: budgets })} ·{' '}
            {t('budgetYear.released')} <Money fen={released} compact /> · {t(`budgetYear.actions.${action}`)}{' '}
            <Money fen={left} compact />
          </li>
        ))}
      </ul>
      {problems.map((problem) => (
        <p key={problem} role="alert" className="jy-error-text">
          {problem}
        </p>
      ))}
      <Button loading={busy} onClick={() => void end()}>
        {t('budgetYear.endIt', { year })}
      </Button>
    </>
  );
}
