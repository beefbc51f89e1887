import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import type { PriceRow } from '../components/price-columns';
import { amountText, reachText, termText } from '../components/price-words';
import { EndPriceVersionMutation, WithdrawPriceVersionMutation } from '../prices.gql';

type Props = {
  item: PriceRow;
  version: PriceRow['versions'][number];
  kind: 'END' | 'WITHDRAW';
  onDone: () => void;
};

/** Ends a price that holds on a day to come, or takes back one that has not begun. What was priced stays priced. */
export function ChangeVersionForm({ item, version, kind, onDone }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const ending = useOutcome(EndPriceVersionMutation);
  const withdrawing = useOutcome(WithdrawPriceVersionMutation);
  const { errors, refusals, refuse, changed } = useFormErrors();
  const [to, setTo] = useState('');
  const [reason, setReason] = useState('');
  const common = { id: version.id, expectedVersion: item.version };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (kind === 'END' && !to) return refuse([{ field: 'to', message: t('price.toMissing') }]);
    const answer =
      kind === 'END' ? await ending.send({ ...common, to, reason: reason.trim() }) : await withdrawing.send(common);
    if (!answer.data) return refuse(answer.errors);
    notice(t(kind === 'END' ? 'price.ended' : 'price.withdrawn', { name: item.name }));
    onDone();
  };

  return (
    <form className="jy-form" noValidate onSubmit={(event) => void submit(event)}>
      <ErrorSummary errors={errors} refusals={refusals} />
      <p>{[reachText(t, version), amountText(t, version), termText(t, version)].join(' · ')}</p>
      <p>{t(kind === 'END' ? 'price.endText' : 'price.withdrawText')}</p>
      {kind === 'END' && (
        <>
          <Field field="to" label={t('price.to')} hint={t('price.toHint')} errors={errors}>
            {(control) => (
              <Input
                {...control}
                type="date"
                value={to}
                onChange={(event) => {
                  setTo(event.target.value);
                  changed('to');
                }}
              />
            )}
          </Field>
          <Field field="reason" label={t('price.reason')} errors={errors} optional>
            {(control) => (
              <Input {...control} maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
            )}
          </Field>
        </>
      )}
      <div className="jy-dialog-foot">
        <Button onClick={onDone}>{t('common.cancel')}</Button>
        <Button type="primary" danger htmlType="submit" loading={ending.busy || withdrawing.busy}>
          {t(kind === 'END' ? 'price.end' : 'price.withdraw')}
        </Button>
      </div>
    </form>
  );
}
