import { Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { PlanKind, PlanStart } from '../../../graphql/enums';
import { routes } from '../../../lib/routes';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { ReasonBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { CreatePlanMutation } from '../plans.gql';

const starts: readonly PlanStart[] = ['RUNNING_NOW', 'LAST_YEAR', 'EMPTY'];
const REASON_LONGEST = 500;

type Props = { kind: PlanKind; year: number; departmentId: string; onClose: () => void };

/** A yearly plan begins with what there is; an addition with its reason. Then one is where its lines are written. */
export function BeginDialog({ kind, year, departmentId, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const navigate = useNavigate();
  const form = useFormErrors();
  const { send, busy } = useOutcome(CreatePlanMutation);
  const [start, setStart] = useState<PlanStart>('RUNNING_NOW');
  const [reason, setReason] = useState('');
  const annual = kind === 'ANNUAL';

  const submit = async () => {
    const answer = await send({ kind, year, departmentId, start: annual ? start : 'EMPTY', reason });
    if (!answer.data) return form.refuse(answer.errors);
    const { plan } = answer.data.outcome;
    if (!plan) return onClose();
    notice(t('plan.created', { code: plan.code }));
    onClose();
    void navigate(routes.plan(plan.id));
  };

  return (
    <DialogForm
      title={annual ? t('plan.create', { year }) : t('plan.addTitle', { year })}
      submit={t('plan.begin')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{annual ? t('plan.createText') : t('plan.addText')}</p>
      {annual ? (
        <Radio.Group
          className="jy-radio-list"
          aria-label={t('plan.start')}
          value={start}
          onChange={(event) => setStart(event.target.value)}
        >
          {starts.map((value) => (
            <Radio key={value} value={value}>
              {t(`plan.starts.${value}`)} <span className="jy-quiet-text">{t(`plan.startHints.${value}`)}</span>
            </Radio>
          ))}
        </Radio.Group>
      ) : (
        <ReasonBox
          field="reason"
          label={t('plan.addReason')}
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
      )}
    </DialogForm>
  );
}
