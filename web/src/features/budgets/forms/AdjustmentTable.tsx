import { CheckCircleOutlined, ClockCircleOutlined, CloseCircleOutlined, RollbackOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { BudgetAdjustmentDecision, BudgetAdjustmentState } from '../../../graphql/enums';
import type { ResultOf } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { Money } from '../../../ui/Money';
import { type StateLook, StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import { useMay } from '../../../ui/viewer-context';
import { WideTable } from '../../../ui/WideTable';
import type { BudgetAdjustmentRow } from '../budgets.gql';
import { DecideAdjustmentDialog } from './DecideAdjustmentDialog';

type Row = ResultOf<typeof BudgetAdjustmentRow>;

const LOOKS: { readonly [S in BudgetAdjustmentState]: StateLook } = {
  REQUESTED: { tone: 'waiting', icon: ClockCircleOutlined },
  APPROVED: { tone: 'good', icon: CheckCircleOutlined },
  DECLINED: { tone: 'bad', icon: CloseCircleOutlined },
  WITHDRAWN: { tone: 'quiet', icon: RollbackOutlined },
};

/** Adjustments, the newest first; what waits may be decided by whoever did not ask for it. */
export function AdjustmentTable({ rows, ofMany }: { rows: readonly Row[]; ofMany: boolean }) {
  const { t } = useTranslation();
  const may = useMay();
  const [deciding, decide] = useState<{ row: Row; decision: BudgetAdjustmentDecision } | null>(null);
  return (
    <>
      <WideTable label={t('budget.adjustments')}>
        <table className="jy-small-table" aria-label={t('budget.adjustments')}>
          <thead>
            <tr>
              {ofMany && <th scope="col">{t('budget.name')}</th>}
              <th scope="col" className="jy-cell-number">
                {t('budget.change')}
              </th>
              <th scope="col">{t('budget.reason')}</th>
              <th scope="col">{t('budget.askedBy')}</th>
              <th scope="col">{t('budget.state')}</th>
              <th scope="col" aria-label={t('budget.decisions')} />
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                {ofMany && (
                  <th scope="row">
                    <Link to={routes.budget(row.budget.id)}>{row.budget.name}</Link>
                  </th>
                )}
                <td className="jy-cell-number">
                  <Money fen={row.change} signed />
                </td>
                <td>{row.reason}</td>
                <td>
                  {row.requestedBy} <Time at={row.requestedAt} />
                </td>
                <td>
                  <StateTag look={LOOKS[row.state]} word={t(`budget.adjustmentStates.${row.state}`)} />
                  {row.decidedBy && (
                    <span className="jy-quiet-text">
                      {' '}
                      {row.decidedBy}
                      {row.note ? `：${row.note}` : ''}
                    </span>
                  )}
                </td>
                <td>
                  {row.state === 'REQUESTED' && may('BUDGET', 'EDIT') && (
                    <span className="jy-actions">
                      {row.mine ? (
                        <Button size="small" onClick={() => decide({ row, decision: 'WITHDRAW' })}>
                          {t('budget.decision.WITHDRAW')}
                        </Button>
                      ) : (
                        <>
                          <Button size="small" type="primary" onClick={() => decide({ row, decision: 'APPROVE' })}>
                            {t('budget.decision.APPROVE')}
                          </Button>
                          <Button size="small" onClick={() => decide({ row, decision: 'DECLINE' })}>
                            {t('budget.decision.DECLINE')}
                          </Button>
                        </>
                      )}
                    </span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </WideTable>
      {deciding && (
        <DecideAdjustmentDialog row={deciding.row} decision={deciding.decision} onClose={() => decide(null)} />
      )}
    </>
  );
}
