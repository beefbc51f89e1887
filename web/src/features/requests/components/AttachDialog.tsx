import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttachmentKind } from '../../../graphql/enums';
import type { UploadedFile } from '../../../lib/upload-file';
import { FileField } from '../../../ui/files/FileField';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { ChoiceBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { AttachToRequestMutation } from '../attachments.gql';

const KINDS: readonly AttachmentKind[] = ['LETTER', 'TECHNICAL_PLAN', 'OTHER'];

type Props = { request: { id: string; code: string; version: number }; onClose: () => void };

/** Files of one kind at a time: what they are is printed on the form beside their names. */
export function AttachDialog({ request, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [kind, setKind] = useState<AttachmentKind>('LETTER');
  const [files, setFiles] = useState<UploadedFile[]>([]);
  const { send, busy } = useOutcome(AttachToRequestMutation);
  const submit = async () => {
    if (files.length === 0) return form.refuse([{ field: 'fileIds', message: t('attachment.missing') }]);
    const fileIds = files.map(({ id }) => id);
    const { data, errors } = await send({ id: request.id, expectedVersion: request.version, kind, fileIds });
    if (!data) return form.refuse(errors);
    notice(t('attachment.added', { files: files.length }));
    onClose();
  };
  return (
    <DialogForm
      title={t('attachment.addTo', { code: request.code })}
      submit={t('attachment.add')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <ChoiceBox
        field="kind"
        label={t('attachment.kindLabel')}
        errors={form.errors}
        value={kind}
        options={KINDS.map((value) => ({ value, label: t(`attachment.kind.${value}`) }))}
        onChange={setKind}
      />
      <Field field="fileIds" label={t('attachment.files')} hint={t('attachment.filesHint')} errors={form.errors}>
        {(control) => (
          <FileField
            control={control}
            files={files}
            onChange={(next) => {
              setFiles(next);
              form.changed('fileIds');
            }}
          />
        )}
      </Field>
    </DialogForm>
  );
}
