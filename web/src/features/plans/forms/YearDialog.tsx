import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import { fenOfYuan } from '../../../lib/fen-of-yuan';
import { plainYuanOfFen } from '../../../lib/money';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { TextBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { type PlanYearFacts, SavePlanYearMutation } from '../plans.gql';

const NOTE_LONGEST = 500;
const AMOUNT_LONGEST = 16;
/** As large as a request that takes the long chain. */
const ADDITION_FROM = '50000.00';

type Props = { year: number; known: ResultOf<typeof PlanYearFacts> | undefined; onClose: () => void };

/** Opens a plan year, or changes its window. */
export function YearDialog({ year, known, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const { send, busy } = useOutcome(SavePlanYearMutation);
  const [draft, setDraft] = useState({
    opensOn: known?.opensOn ?? `${year - 1}-10-15`,
    closesOn: known?.closesOn ?? `${year - 1}-12-15`,
    additionFrom: known ? plainYuanOfFen(known.additionFrom) : ADDITION_FROM,
    note: known?.note ?? '',
  });
  const put = (field: keyof typeof draft) => (value: string) => {
    setDraft((now) => ({ ...now, [field]: value }));
    form.changed(field);
  };

  const submit = async () => {
    const additionFrom = fenOfYuan(draft.additionFrom);
    if (additionFrom === null) return form.refuse([{ field: 'additionFrom', message: t('plan.yearForm.amountWrong') }]);
    const answer = await send({ ...draft, additionFrom, year, expectedVersion: known?.version ?? 0 });
    if (!answer.data) return form.refuse(answer.errors);
    notice(t('plan.yearForm.saved', { year }));
    onClose();
  };

  return (
    <DialogForm
      title={t('plan.yearForm.title', { year })}
      submit={t('plan.yearForm.save')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className="jy-fields-row">
        {(['opensOn', 'closesOn'] as const).map((field) => (
          <Field key={field} field={field} label={t(`plan.yearForm.${field}`)} errors={form.errors}>
            {(control) => (
              <Input
                {...control}
                type="date"
                value={draft[field]}
                onChange={(event) => put(field)(event.target.value)}
              />
            )}
          </Field>
        ))}
      </div>
      <TextBox
        field="additionFrom"
        label={t('plan.yearForm.additionFrom')}
        hint={t('plan.yearForm.additionHint')}
        errors={form.errors}
        max={AMOUNT_LONGEST}
        value={draft.additionFrom}
        onChange={put('additionFrom')}
      />
      <Field field="note" label={t('plan.yearForm.note')} errors={form.errors} optional>
        {(control) => (
          <Input.TextArea
            {...control}
            rows={3}
            maxLength={NOTE_LONGEST}
            showCount
            value={draft.note}
            onChange={(event) => put('note')(event.target.value)}
          />
        )}
      </Field>
    </DialogForm>
  );
}
