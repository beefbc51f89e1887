import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReclaimAction } from '../../../graphql/enums';
import { type FragmentOf, type ResultOf, readFragment } from '../../../graphql/tada';
import type { UploadedFile } from '../../../lib/upload-file';
import { ActionButton } from '../../../ui/ActionButton';
import { FileField } from '../../../ui/files/FileField';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { ReasonBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useNotice } from '../../../ui/notice';
import { ReclaimActions } from '../reclaim.gql';
import { useCaseAct } from '../use-case-act';

type Reclaim = ResultOf<typeof ReclaimActions>;

const REASON_LONGEST = 500;
const DANGEROUS = new Set<ReclaimAction>(['RECLAIM']);

/** Servers, places and services lie in no bin: what follows of an act is another thing. */
function consequenceOf(action: ReclaimAction, ofLine: boolean) {
  if (ofLine && (action === 'AGREE' || action === 'RECLAIM' || action === 'UNDO'))
    return `reclaim.consequenceOfLine.${action}` as const;
  return `reclaim.consequence.${action}` as const;
}

export function ReclaimActionBar({ reclaim: masked }: { reclaim: FragmentOf<typeof ReclaimActions> }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<ReclaimAction | null>(null);
  const reclaim = readFragment(ReclaimActions, masked);
  return (
    <>
      {reclaim.availableActions.map(({ action, disabledReason }) => (
        <ActionButton
          key={action}
          danger={DANGEROUS.has(action)}
          disabledReason={disabledReason}
          onPress={() => setOpen(action)}
        >
          {t(`reclaim.action.${action}`)}
        </ActionButton>
      ))}
      {open && <CaseActDialog key={open} action={open} reclaim={reclaim} onClose={() => setOpen(null)} />}
    </>
  );
}

/** One step with its reason and files. It says what will happen; a refusal stays here, with what was written. */
function CaseActDialog({ action, reclaim, onClose }: { action: ReclaimAction; reclaim: Reclaim; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [reason, setReason] = useState('');
  const [files, setFiles] = useState<UploadedFile[]>([]);
  const { send, busy } = useCaseAct(action);
  const submit = async () => {
    if (action !== 'AGREE' && !reason.trim())
      return form.refuse([{ field: 'reason', message: t('reclaim.reasonMissing') }]);
    const { data, errors } = await send({
      id: reclaim.id,
      expectedVersion: reclaim.version,
      reason: reason.trim(),
      fileIds: files.map((file) => file.id),
    });
    if (!data) return form.refuse(errors);
    notice(t('reclaim.acted', { code: reclaim.code }));
    onClose();
  };
  return (
    <DialogForm
      title={t(`reclaim.actionTitle.${action}`, { code: reclaim.code })}
      submit={t(`reclaim.action.${action}`)}
      danger={DANGEROUS.has(action)}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t(consequenceOf(action, reclaim.line !== null))}</p>
      <ReasonBox
        field="reason"
        label={t('reclaim.reason')}
        errors={form.errors}
        optional={action === 'AGREE'}
        autoFocus
        showCount
        max={REASON_LONGEST}
        value={reason}
        onChange={(next) => {
          setReason(next);
          form.changed('reason');
        }}
      />
      <Field field="fileIds" label={t('reclaim.files')} hint={t('reclaim.filesHint')} errors={form.errors} optional>
        {(control) => <FileField control={control} files={files} onChange={setFiles} />}
      </Field>
    </DialogForm>
  );
}
