import { CheckCircleOutlined, CloseCircleOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { userErrorsOf } from '../../../graphql/user-errors';
import { Dialog } from '../../../ui/Dialog';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { StateTag } from '../../../ui/StateTag';
import { SettleDrDebtsMutation } from '../drdebts.gql';
import { demandParts } from '../owed-words';
import type { Debt } from './debt-columns';

/** Several at once, each of which stands alone: what does not fit says why and stays owed. */
export function SettleDialog({ debts, onClose }: { debts: readonly Debt[]; onClose: () => void }) {
  const { t } = useTranslation();
  // The list behind renews itself once they are settled; what was chosen stays to be read.
  const [chosen] = useState(debts);
  const [answers, setAnswers] = useState<ReadonlyMap<string, readonly string[]> | null>(null);
  const { errors, refusals, refuse } = useFormErrors();
  const { send, busy } = useOutcome(SettleDrDebtsMutation);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const items = chosen.map(({ id, version }) => ({ id, expectedVersion: version }));
    const { data, errors: refused } = await send({ items });
    if (!data) return refuse(refused);
    const { results } = data.outcome;
    setAnswers(new Map(results.map((one) => [one.debtId, userErrorsOf(one.errors).map((error) => error.message)])));
  };
  const done = answers ? [...answers.values()].filter((said) => said.length === 0).length : 0;
  return (
    <Dialog title={t('drDebt.settleTitle', { total: chosen.length })} onClose={onClose}>
      <form className="jy-form" noValidate onSubmit={(event) => void submit(event)}>
        <ErrorSummary errors={errors} refusals={refusals} />
        <p role="status">{answers ? t('drDebt.settleDone', { done, total: chosen.length }) : t('drDebt.settleText')}</p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls is reached by the keyboard. */}
        <ul className="jy-batch-results" tabIndex={0} aria-label={t('life.batchList')}>
          {chosen.map((debt) => {
            const said = answers?.get(debt.id);
            return (
              <li key={debt.id}>
                <span className="jy-strong">
                  {debt.requestCode} {debt.lineName}
                </span>{' '}
                <span className="jy-quiet-text">{demandParts(t, debt.sizeNow ?? debt).join(' · ')}</span>
                {said && (
                  <p>
                    {said.length === 0 ? (
                      <StateTag look={{ tone: 'good', icon: CheckCircleOutlined }} word={t('drDebt.placed')} />
                    ) : (
                      <StateTag look={{ tone: 'bad', icon: CloseCircleOutlined }} word={said.join(' ')} />
                    )}
                  </p>
                )}
              </li>
            );
          })}
        </ul>
        <div className="jy-dialog-foot">
          <Button onClick={onClose}>{t(answers ? 'common.close' : 'common.cancel')}</Button>
          {!answers && (
            <Button type="primary" htmlType="submit" loading={busy} aria-busy={busy}>
              {t('drDebt.action.SETTLE')}
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  );
}
