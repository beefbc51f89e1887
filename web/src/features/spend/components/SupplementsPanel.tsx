import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import { exactTime } from '../../../lib/time';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { Panel } from '../../../ui/Panel';
import { StateTag } from '../../../ui/StateTag';
import { ConfirmSupplementMutation, WithdrawSupplementMutation } from '../contract-life.gql';
import type { ContractParts } from '../spend.gql';
import { type AgreedTerms, changedTerms } from './contract-terms';
import { spendStates } from './spend-words';

type Contract = ResultOf<typeof ContractParts>;
type Supplement = Contract['supplements'][number];

/** 补充协议: what each changed and whose hands it went through; what waits is compared with what holds now. */
export function SupplementsPanel({ contract }: { contract: Contract }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const confirm = useOutcome(ConfirmSupplementMutation);
  const withdraw = useOutcome(WithdrawSupplementMutation);
  const [refused, setRefused] = useState<string | null>(null);
  const { advance, figures, services, supplements, to } = contract;
  if (supplements.length === 0) return null;
  const now: AgreedTerms = { ceiling: figures.ceiling, advanceLimit: advance.limit, to, services };
  const decide = async ({ id, version }: Supplement, action: 'CONFIRM' | 'WITHDRAW') => {
    const wish = { id, expectedVersion: version };
    const answer = await (action === 'CONFIRM' ? confirm.send(wish) : withdraw.send(wish));
    setRefused(answer.data ? null : answer.errors.map(({ message }) => message).join(' '));
    if (answer.data) notice(t(action === 'CONFIRM' ? 'spend.confirmed' : 'spend.withdrawn'));
  };
  return (
    <Panel title={t('supplement.list')} aside={t('spend.twoPeople')}>
      {refused && (
        <div className="jy-error-summary" role="alert">
          {refused}
        </div>
      )}
      <ol className="jy-supplements">
        {supplements.map((one) => (
          <li key={one.id}>
            <div className="jy-price-head">
              <strong className="jy-code">{one.number}</strong>
              <StateTag look={spendStates[one.state]} word={t(`spend.states.${one.state}`)} />
              <span className="jy-number">{t('supplement.dates', { signed: one.signedOn, from: one.from })}</span>
            </div>
            <ul>
              {changedTerms(t, one.former ?? now, one.terms).map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
            <p className="jy-quiet-text">
              {one.reason} ·{' '}
              <span title={exactTime(one.hands.enteredAt)}>
                {t('spend.enteredBy')} {one.hands.enteredBy}
              </span>
              {one.hands.decidedBy && (
                <span title={one.hands.decidedAt ? exactTime(one.hands.decidedAt) : undefined}>
                  {' · '}
                  {t('spend.decidedBy')} {one.hands.decidedBy}
                </span>
              )}
            </p>
            {one.availableActions.map((action) => (
              <Button
                key={action}
                size="small"
                type={action === 'CONFIRM' ? 'primary' : 'default'}
                disabled={confirm.busy || withdraw.busy}
                onClick={() => void decide(one, action)}
              >
                {t(action === 'CONFIRM' ? 'spend.confirm' : 'spend.withdraw')}
              </Button>
            ))}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
