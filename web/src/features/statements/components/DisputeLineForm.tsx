import { Button } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { ReasonBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { DisputeStatementLineMutation, type StatementLineRow } from '../statements.gql';

type Props = { line: ResultOf<typeof StatementLineRow>; month: string; useId: string; onDone: () => void };

/** The API's own limit of a reason. */
const REASON_LONGEST = 500;

/** 提出异议: below the lines, which stay in sight while one says why. */
export function DisputeLineForm({ line, month, useId, onDone }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [reason, setReason] = useState('');
  const { send, busy } = useOutcome(DisputeStatementLineMutation);
  const submit = async () => {
    if (!reason.trim()) return form.refuse([{ field: 'reason', message: t('dispute.reasonMissing') }]);
    const { from, meter, tier } = line;
    const { data, errors } = await send({ month, useId, meter, from, tier, reason: reason.trim() });
    if (!data) return form.refuse(errors);
    notice(t('dispute.raisedNotice', { code: data.outcome.lineDispute?.code ?? '' }));
    onDone();
  };
  const press = (event: FormEvent) => {
    event.preventDefault();
    void submit();
  };
  return (
    <form className="jy-form" noValidate onSubmit={press} aria-label={t('statement.dispute')}>
      <ErrorSummary errors={form.errors} refusals={form.refusals} />
      <ReasonBox
        field="reason"
        label={t('dispute.reasonOf', { name: line.name })}
        hint={t('dispute.reasonHint')}
        errors={form.errors}
        autoFocus
        showCount
        max={REASON_LONGEST}
        value={reason}
        onChange={(next) => {
          setReason(next);
          form.changed('reason');
        }}
      />
      <div className="jy-dialog-foot">
        <Button onClick={onDone}>{t('common.cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={busy} aria-busy={busy}>
          {t('statement.dispute')}
        </Button>
      </div>
    </form>
  );
}
