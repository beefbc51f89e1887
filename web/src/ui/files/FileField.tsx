import { DeleteOutlined, UploadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type UploadedFile, uploadFile } from '../../lib/upload-file';
import type { ControlProps } from '../forms/Field';

const ACCEPTED = '.pdf,.ofd,.docx,.xlsx,.png,.jpg,.jpeg';

type Props = {
  control: ControlProps;
  files: readonly UploadedFile[];
  /** One file only: the next takes the place of the last. */
  single?: boolean;
  onChange: (files: UploadedFile[]) => void;
};

/** Files are sent at once and attached when the form is; what a form never attaches goes by itself. */
export function FileField({ control, files, single = false, onChange }: Props) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { id, ...described } = control;

  const choose = async (chosen: FileList | null) => {
    const [first] = chosen ?? [];
    if (!first) return;
    setBusy(true);
    setProblem(null);
    const { file, message } = await uploadFile(first);
    setBusy(false);
    if (input.current) input.current.value = '';
    if (file) onChange(single ? [file] : [...files, file]);
    else setProblem(message ?? t('failure.offline'));
  };

  return (
    <div className="jy-files">
      <input
        ref={input}
        type="file"
        accept={ACCEPTED}
        hidden
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => void choose(event.target.files)}
      />
      <Button
        id={id}
        aria-describedby={described['aria-describedby']}
        icon={<UploadOutlined aria-hidden />}
        loading={busy}
        onClick={() => input.current?.click()}
      >
        {t('file.choose')}
      </Button>
      {problem && (
        <p className="jy-field-error" role="alert">
          {problem}
        </p>
      )}
      <ul>
        {files.map((file) => (
          <li key={file.id}>
            {file.name}
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined aria-hidden />}
              aria-label={t('file.remove', { name: file.name })}
              onClick={() => onChange(files.filter((other) => other.id !== file.id))}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}
