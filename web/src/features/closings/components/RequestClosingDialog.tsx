import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChecklistItem } from '../../../graphql/enums';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { ReasonBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { Money } from '../../../ui/Money';
import { useNotice } from '../../../ui/notice';
import { ClosingCheckFields, type ClosingMonthParts, RequestClosingMutation } from '../closings.gql';

type Month = ResultOf<typeof ClosingMonthParts>;

/** The API's own limit of an explanation. */
const EXPLANATION_LONGEST = 300;

/** 申请结账: what is signed for, and a word on everything that is not in order. */
export function RequestClosingDialog({
  month,
  cityId,
  onClose,
}: {
  month: Month;
  cityId: string | null;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [said, setSaid] = useState<Partial<Record<ChecklistItem, string>>>({});
  const { send, busy } = useOutcome(RequestClosingMutation);
  const asked = readFragment(ClosingCheckFields, month.checklist).filter(({ result }) => result === 'EXPLAIN');
  const submit = async () => {
    const missing = asked.filter(({ item }) => !said[item]?.trim());
    if (missing.length > 0)
      return form.refuse(
        missing.map(({ item }) => ({ field: `explanations.${item}`, message: t('closing.explanationMissing') })),
      );
    const explanations = asked.map(({ item }) => ({ item, text: said[item]?.trim() ?? '' }));
    const { data, errors } = await send({ month: month.month, cityId, explanations });
    if (!data) return form.refuse(errors);
    notice(t('closing.requested', { month: month.month }));
    onClose();
  };
  return (
    <DialogForm
      title={t('closing.requestTitle', { month: month.month })}
      submit={t('closing.request')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>
        {t('closing.requestText', { departments: month.departments, lines: month.lines })} <Money fen={month.amount} />
      </p>
      {asked.map(({ count, item }) => (
        <ReasonBox
          key={item}
          field={`explanations.${item}`}
          label={`${t(`closing.items.${item}`)} (${count})`}
          errors={form.errors}
          rows={2}
          max={EXPLANATION_LONGEST}
          value={said[item] ?? ''}
          onChange={(text) => {
            setSaid((before) => ({ ...before, [item]: text }));
            form.changed(`explanations.${item}`);
          }}
        />
      ))}
    </DialogForm>
  );
}
