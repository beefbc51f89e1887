import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shanghaiInput, shanghaiIso } from '../../../lib/time';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { ChoiceBox, MomentBox, ReasonBox, TextBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { type Freeze, ReleaseFromFreezeMutation } from '../alerts.gql';

const LONGEST = { subject: 100, reason: 500 };
const TWO_HOURS_MS = 7_200_000;
type SubjectType = Freeze['releases'][number]['subjectType'];
/** A machine is let through by its page's id; people know systems and requests by their codes. */
const SUBJECTS = ['System', 'Request', 'Change', 'Drill', 'Drift', 'Server'] as const satisfies readonly SubjectType[];

/** 放行: one system or request, for some hours; a leader's, with a reason that stays. */
export function ReleaseDialog({ freeze, onClose }: { freeze: Freeze; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [subjectType, setType] = useState<(typeof SUBJECTS)[number]>('System');
  const [words, setWords] = useState(() => ({
    subject: '',
    reason: '',
    until: shanghaiInput(new Date(Date.now() + TWO_HOURS_MS).toISOString()),
  }));
  const { send, busy } = useOutcome(ReleaseFromFreezeMutation);
  const put = (field: keyof typeof words) => (value: string) => {
    setWords({ ...words, [field]: value });
    form.changed(field, 'subjectId');
  };
  const submit = async () => {
    const until = shanghaiIso(words.until);
    if (until === null) return form.refuse([{ field: 'until', message: t('freeze.timeMissing') }]);
    const { data, errors } = await send({
      id: freeze.id,
      subjectType,
      subject: words.subject,
      reason: words.reason,
      until,
    });
    if (!data)
      return form.refuse(errors.map((error) => (error.field === 'subjectId' ? { ...error, field: 'subject' } : error)));
    notice(t('freeze.released'));
    onClose();
  };
  return (
    <DialogForm
      title={t('freeze.releaseTitle', { code: freeze.code })}
      submit={t('freeze.release')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('freeze.releaseText')}</p>
      <ChoiceBox
        field="subjectType"
        label={t('freeze.subjectType')}
        errors={form.errors}
        value={subjectType}
        options={SUBJECTS.map((value) => ({ value, label: t(`freeze.subjects.${value}`) }))}
        onChange={setType}
      />
      <TextBox
        field="subject"
        label={t('freeze.subject')}
        errors={form.errors}
        max={LONGEST.subject}
        value={words.subject}
        onChange={put('subject')}
      />
      <MomentBox
        field="until"
        label={t('freeze.until')}
        errors={form.errors}
        value={words.until}
        onChange={put('until')}
      />
      <ReasonBox
        field="reason"
        label={t('freeze.reason')}
        errors={form.errors}
        max={LONGEST.reason}
        value={words.reason}
        onChange={put('reason')}
      />
    </DialogForm>
  );
}
