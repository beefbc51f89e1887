import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SealablePaper } from '../../../graphql/enums';
import type { UploadedFile } from '../../../lib/upload-file';
import { Dialog } from '../../../ui/Dialog';
import { FileField } from '../../../ui/files/FileField';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { UploadSealedScanMutation } from '../papers.gql';

/** Longer than any code with its hyphen and stray spaces. */
const CODE_LONGEST = 20;

type Props = { requestId: string; code: string; paper: SealablePaper; onClose: () => void };

/** The scan, and the code that says which version of the paper was sealed: read off the paper, never filled in here. */
export function SealedScanDialog({ requestId, code, paper, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { send, busy } = useOutcome(UploadSealedScanMutation);
  const { errors, refusals, refuse, changed } = useFormErrors();
  const [files, setFiles] = useState<UploadedFile[]>([]);
  const [checkCode, setCheckCode] = useState('');

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const [file] = files;
    const missing = [
      ...(file ? [] : [{ field: 'fileId', message: t('papers.fileMissing') }]),
      ...(checkCode.trim() ? [] : [{ field: 'checkCode', message: t('papers.codeMissing') }]),
    ];
    if (!file || missing.length > 0) return refuse(missing);
    const answer = await send({ requestId, paper, fileId: file.id, checkCode: checkCode.trim() });
    if (!answer.data) return refuse(answer.errors);
    notice(t('papers.uploaded'));
    onClose();
  };

  return (
    <Dialog title={t('papers.uploadTitle', { code })} onClose={onClose}>
      <form className="jy-form" noValidate onSubmit={(event) => void submit(event)}>
        <ErrorSummary errors={errors} refusals={refusals} />
        <Field field="fileId" label={t('papers.file')} hint={t('papers.fileHint')} errors={errors}>
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
        <Field field="checkCode" label={t('papers.code')} hint={t('papers.codeHint')} errors={errors}>
          {(control) => (
            <Input
              {...control}
              className="jy-check-code"
              autoComplete="off"
              maxLength={CODE_LONGEST}
              placeholder="XXXX-XXXX"
              value={checkCode}
              onChange={(event) => {
                setCheckCode(event.target.value);
                changed('checkCode');
              }}
            />
          )}
        </Field>
        <div className="jy-dialog-foot">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('papers.send')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
