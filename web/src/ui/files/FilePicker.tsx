import { CloseOutlined, FileOutlined, InboxOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

type Props = {
  files: readonly File[];
  onChange: (files: File[]) => void;
  multiple: boolean;
  /** Endings, for the system's own dialog: the server looks at the content. */
  accept: string;
  hint: string;
  problem: string | null;
};

const kibibytes = (bytes: number): string => `${Math.max(1, Math.round(bytes / 1024)).toLocaleString()} KiB`;

/** Files are dropped here or picked. The native input stays in the page, so that keyboard and screen reader have it. */
export function FilePicker({ files, onChange, multiple, accept, hint, problem }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = (list: FileList | null): void => {
    const chosen = [...(list ?? [])];
    if (chosen.length > 0) onChange(multiple ? [...files, ...chosen] : chosen.slice(0, 1));
    // The same file once more, mended, is another choice.
    if (input.current) input.current.value = '';
  };
  return (
    <div className="jy-field">
      <label htmlFor={id}>{multiple ? t('import.pickFiles') : t('import.pickFile')}</label>
      <p className="jy-hint" id={`${id}-hint`}>
        {hint}
      </p>
      {problem !== null && (
        <p className="jy-field-error" id={`${id}-error`} role="alert">
          {problem}
        </p>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the input inside is the first. */}
      <div
        className="jy-drop"
        data-over={over}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          take(event.dataTransfer.files);
        }}
      >
        <InboxOutlined aria-hidden className="jy-drop-icon" />
        <span>{t('import.drop')}</span>
        {/* What the browser draws itself speaks the browser's language. The input is there for everyone who does not point. */}
        <Button aria-hidden tabIndex={-1} onClick={() => input.current?.click()}>
          {multiple ? t('import.pickFiles') : t('import.pickFile')}
        </Button>
        <input
          ref={input}
          className="jy-sr-only"
          id={id}
          type="file"
          accept={accept}
          multiple={multiple}
          aria-describedby={problem === null ? `${id}-hint` : `${id}-hint ${id}-error`}
          aria-invalid={problem !== null}
          onChange={(event) => take(event.target.files)}
        />
      </div>
      {files.length > 0 && (
        <ul className="jy-files" aria-label={t('import.chosen')}>
          {files.map((file, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name, and none moves.
            <li key={`${index} ${file.name}`}>
              <FileOutlined aria-hidden />
              <span className="jy-file-name">{file.name}</span>
              <span className="jy-quiet-text jy-number">{kibibytes(file.size)}</span>
              <Button
                type="text"
                size="small"
                icon={<CloseOutlined aria-hidden />}
                aria-label={t('import.remove', { name: file.name })}
                onClick={() => onChange(files.filter((_, other) => other !== index))}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
