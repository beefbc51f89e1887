import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GoLiveDocumentKind } from '../../../graphql/enums';
import type { UploadedFile } from '../../../lib/upload-file';
import { FileField } from '../../../ui/files/FileField';
import { Choose } from '../../../ui/forms/Choose';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { TextBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { AddGoLiveDocumentMutation } from '../acts.gql';

const KINDS = ['TRIAL_REPORT', 'ACCEPTANCE_REPORT', 'PROTECTION_REPORT', 'OTHER'] as const;
const REFERENCE_LONGEST = 100;

type Props = {
  golive: { id: string; version: number; documents: readonly { kind: GoLiveDocumentKind }[] };
  onClose: () => void;
};

export function DocumentDialog({ golive, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  // The first that is not there yet: what one comes for.
  const [kind, setKind] = useState<GoLiveDocumentKind>(
    KINDS.find((one) => !golive.documents.some((document) => document.kind === one)) ?? 'OTHER',
  );
  const [files, setFiles] = useState<UploadedFile[]>([]);
  const [reference, setReference] = useState('');
  const { send, busy } = useOutcome(AddGoLiveDocumentMutation);
  const submit = async () => {
    const { data, errors } = await send({
      id: golive.id,
      expectedVersion: golive.version,
      kind,
      fileId: files[0]?.id ?? null,
      reference: reference.trim() || null,
    });
    if (!data) return form.refuse(errors);
    notice(t('goLive.documentAdded'));
    onClose();
  };
  return (
    <DialogForm
      title={t('goLive.addDocument')}
      submit={t('goLive.addDocument')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field field="kind" label={t('goLive.documentKind')} errors={form.errors}>
        {(control) => (
          <Choose<GoLiveDocumentKind>
            {...control}
            value={kind}
            onChange={setKind}
            options={KINDS.map((value) => ({ value, label: t(`goLive.document.${value}`) }))}
          />
        )}
      </Field>
      <Field field="fileId" label={t('goLive.file')} errors={form.errors} optional={kind === 'PROTECTION_REPORT'}>
        {(control) => (
          <FileField
            control={control}
            single
            files={files}
            onChange={(next) => {
              setFiles(next);
              form.changed('fileId');
            }}
          />
        )}
      </Field>
      <TextBox
        field="reference"
        label={t('goLive.reference')}
        hint={t('goLive.referenceHint')}
        errors={form.errors}
        optional
        max={REFERENCE_LONGEST}
        value={reference}
        onChange={setReference}
      />
    </DialogForm>
  );
}
