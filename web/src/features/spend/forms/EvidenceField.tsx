import { useTranslation } from 'react-i18next';
import type { UploadedFile } from '../../../lib/upload-file';
import { FileField } from '../../../ui/files/FileField';
import { Field } from '../../../ui/forms/Field';
import type { FormErrors } from '../../../ui/forms/use-form-errors';

type Props = {
  form: Pick<FormErrors, 'errors' | 'changed'>;
  files: UploadedFile[];
  onChange: (files: UploadedFile[]) => void;
};

/** What was signed: nothing that costs or saves money is entered without. */
export function EvidenceField({ form, files, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <Field field="fileIds" label={t('spend.files')} hint={t('spend.filesHint')} errors={form.errors}>
      {(control) => (
        <FileField
          control={control}
          files={files}
          onChange={(next) => {
            onChange(next);
            form.changed('fileIds');
          }}
        />
      )}
    </Field>
  );
}
