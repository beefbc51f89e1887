import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UploadedFile } from '../../../lib/upload-file';
import { Dialog } from '../../../ui/Dialog';
import { FileField } from '../../../ui/files/FileField';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { DeclareMutation } from '../systems.gql';

/** 非涉密声明: the signed file, and until when it holds. */
export function DeclareDialog({ system, onClose }: { system: { id: string; version: number }; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { send, busy } = useOutcome(DeclareMutation);
  const { errors, refusals, refuse, changed } = useFormErrors();
  const [files, setFiles] = useState<UploadedFile[]>([]);
  const [validUntil, setValidUntil] = useState('');

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const [file] = files;
    if (!file) return refuse([{ field: 'fileId', message: t('system.fileMissing') }]);
    const answer = await send({ id: system.id, expectedVersion: system.version, fileId: file.id, validUntil });
    if (!answer.data) return refuse(answer.errors);
    notice(t('system.declared'));
    onClose();
  };

  return (
    <Dialog title={t('system.declare')} onClose={onClose}>
      <form className="jy-form" noValidate onSubmit={(event) => void submit(event)}>
        <ErrorSummary errors={errors} refusals={refusals} />
        <Field
          field="fileId"
          label={t('system.declarationFile')}
          hint={t('system.declarationFileHint')}
          errors={errors}
        >
          {(control) => (
            <FileField
              control={control}
              single
              files={files}
              onChange={(next) => {
                setFiles(next);
                changed('fileId');
              }}
            />
          )}
        </Field>
        <Field field="validUntil" label={t('system.declarationUntil')} errors={errors}>
          {(control) => (
            <Input
              {...control}
              type="date"
              value={validUntil}
              onChange={(event) => {
                setValidUntil(event.target.value);
                changed('validUntil');
              }}
            />
          )}
        </Field>
        <div className="jy-dialog-foot">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('system.declareSend')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
