import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReliabilityPart } from '../../../graphql/enums';
import { uniqueId } from '../../../lib/unique-id';
import type { UploadedFile } from '../../../lib/upload-file';
import { Dialog } from '../../../ui/Dialog';
import { FileField } from '../../../ui/files/FileField';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import type { FormError } from '../../../ui/forms/form-errors';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { StateReliabilityMutation } from '../systems.gql';

type Entry = { part: ReliabilityPart; product: string; domestic: boolean; reason: string | null };
type Row = { key: string; part: ReliabilityPart; product: string; domestic: boolean; reason: string };
const parts: readonly ReliabilityPart[] = ['CPU', 'OS', 'DATABASE'];
const PRODUCT_LONGEST = 80;
const REASON_LONGEST = 200;

const row = (part: ReliabilityPart): Row => ({ key: uniqueId(), part, product: '', domestic: true, reason: '' });

type Props = {
  system: { id: string; version: number; reliabilityEntries: readonly Entry[] };
  onClose: () => void;
};

/** 安全可靠情况说明: the signed file, until when it holds, and product by product what is domestic. */
export function ReliabilityDialog({ system, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { send, busy } = useOutcome(StateReliabilityMutation);
  const { errors, refusals, refuse, changed, accept } = useFormErrors();
  const [files, setFiles] = useState<UploadedFile[]>([]);
  const [validUntil, setValidUntil] = useState('');
  const [rows, setRows] = useState<Row[]>(() =>
    system.reliabilityEntries.length > 0
      ? system.reliabilityEntries.map((entry) => ({ ...entry, key: uniqueId(), reason: entry.reason ?? '' }))
      : parts.map(row),
  );
  const put = (next: Row[]) => {
    setRows(next);
    accept();
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const [file] = files;
    if (!file) return refuse([{ field: 'fileId', message: t('system.fileMissing') }]);
    const entries = rows.map(({ part, product, domestic, reason }) => ({
      part,
      product,
      domestic,
      reason: reason.trim() || null,
    }));
    const answer = await send({ id: system.id, expectedVersion: system.version, fileId: file.id, validUntil, entries });
    if (!answer.data) return refuse(answer.errors);
    notice(t('system.reliabilityStated'));
    onClose();
  };

  return (
    <Dialog title={t('system.stateReliability')} onClose={onClose}>
      <form className="jy-form" noValidate onSubmit={(event) => void submit(event)}>
        <ErrorSummary errors={errors} refusals={refusals} />
        <Field
          field="fileId"
          label={t('system.reliabilityFile')}
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
        <fieldset className="jy-reliability" id="field-entries" tabIndex={-1}>
          <legend>{t('system.reliabilityEntries')}</legend>
          <p className="jy-quiet-text">{t('system.reliabilityHint')}</p>
          {rows.map((entry, at) => (
            <EntryFields
              key={entry.key}
              entry={entry}
              at={at}
              errors={errors}
              onChange={(next) => put(rows.map((one) => (one.key === next.key ? next : one)))}
              onRemove={rows.length > 1 ? () => put(rows.filter((one) => one.key !== entry.key)) : null}
            />
          ))}
          <Button icon={<PlusOutlined aria-hidden />} onClick={() => put([...rows, row('CPU')])}>
            {t('system.addProduct')}
          </Button>
        </fieldset>
        <div className="jy-dialog-foot">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('system.reliabilitySend')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

type EntryProps = {
  entry: Row;
  at: number;
  errors: readonly FormError[];
  onChange: (row: Row) => void;
  onRemove: (() => void) | null;
};

function EntryFields({ entry, at, errors, onChange, onRemove }: EntryProps) {
  const { t } = useTranslation();
  const path = `entries.${at}`;
  return (
    <div className="jy-reliability-row">
      <Field field={`${path}.part`} label={t('system.part')} errors={errors}>
        {(control) => (
          <Select
            {...control}
            className="jy-full"
            value={entry.part}
            onChange={(part) => onChange({ ...entry, part })}
            options={parts.map((value) => ({ value, label: t(`system.parts.${value}`) }))}
          />
        )}
      </Field>
      <Field field={`${path}.product`} label={t('system.product')} errors={errors}>
        {(control) => (
          <Input
            {...control}
            maxLength={PRODUCT_LONGEST}
            value={entry.product}
            onChange={(event) => onChange({ ...entry, product: event.target.value })}
          />
        )}
      </Field>
      <Field field={`${path}.domestic`} label={t('system.isDomestic')} errors={errors}>
        {(control) => (
          <Select
            {...control}
            className="jy-full"
            value={entry.domestic}
            onChange={(domestic) => onChange({ ...entry, domestic })}
            options={[true, false].map((value) => ({ value, label: t(value ? 'system.domestic' : 'system.foreign') }))}
          />
        )}
      </Field>
      {onRemove && (
        <Button
          type="text"
          aria-label={t('system.removeProduct', { number: at + 1 })}
          icon={<DeleteOutlined aria-hidden />}
          onClick={onRemove}
        />
      )}
      {!entry.domestic && (
        <div className="jy-reliability-reason">
          <Field field={`${path}.reason`} label={t('system.foreignReason')} errors={errors}>
            {(control) => (
              <Input
                {...control}
                maxLength={REASON_LONGEST}
                value={entry.reason}
                onChange={(event) => onChange({ ...entry, reason: event.target.value })}
              />
            )}
          </Field>
        </div>
      )}
    </div>
  );
}
