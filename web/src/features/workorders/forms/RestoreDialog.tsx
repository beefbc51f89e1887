import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RestorePurpose } from '../../../graphql/enums';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { ChoiceBox, TextBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { RequestRestoreMutation } from '../backups.gql';
import { momentOf } from './moments';

const purposes: readonly RestorePurpose[] = ['TEST', 'RECOVER'];
const TARGET_LONGEST = 200;
const REASON_LONGEST = 300;

/** A restore is asked for here and done by people, with evidence. */
export function RestoreDialog({ backup, onClose }: { backup: { id: string; code: string }; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [draft, setDraft] = useState({ purpose: 'TEST' as RestorePurpose, point: '', target: '', reason: '' });
  const change = (patch: Partial<typeof draft>) => {
    setDraft((now) => ({ ...now, ...patch }));
    form.changed(...Object.keys(patch));
  };
  const { send, busy } = useOutcome(RequestRestoreMutation);
  const submit = async () => {
    const answer = await send({ ...draft, id: backup.id, point: draft.point ? momentOf(draft.point) : null });
    if (!answer.data)
      return form.refuse(answer.errors.map((error) => (error.field === 'id' ? { ...error, field: '' } : error)));
    notice(t('backup.asked'));
    onClose();
  };
  return (
    <DialogForm
      title={`${t('backup.action.RESTORE')} ${backup.code}`}
      submit={t('backup.send')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className="jy-fields-row">
        <ChoiceBox
          field="purpose"
          label={t('backup.purposeTitle')}
          errors={form.errors}
          value={draft.purpose}
          options={purposes.map((value) => ({ value, label: t(`backup.purpose.${value}`) }))}
          onChange={(purpose) => change({ purpose })}
        />
        <Field field="point" label={t('backup.point')} hint={t('backup.pointHint')} errors={form.errors} optional>
          {(control) => (
            <Input
              {...control}
              type="datetime-local"
              value={draft.point}
              onChange={(event) => change({ point: event.target.value })}
            />
          )}
        </Field>
      </div>
      <TextBox
        field="target"
        label={t('backup.restoreTo')}
        hint={t('backup.restoreToHint')}
        errors={form.errors}
        max={TARGET_LONGEST}
        value={draft.target}
        onChange={(target) => change({ target })}
      />
      <TextBox
        field="reason"
        label={t('backup.restoreReason')}
        errors={form.errors}
        max={REASON_LONGEST}
        value={draft.reason}
        onChange={(reason) => change({ reason })}
      />
    </DialogForm>
  );
}
