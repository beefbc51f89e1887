import { Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { BackupCycle, BackupObject } from '../../../graphql/enums';
import { clockOf } from '../../../ui/backups/backup-looks';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { ChoiceBox, NumberBox, TextBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { BackupChoicesQuery, BackupOwnChoicesQuery, SetUpBackupMutation } from '../backups.gql';

const cycles: readonly BackupCycle[] = ['DAILY', 'WEEKLY'];
const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
const CONTENTS_LONGEST = 500;
const NOTE_LONGEST = 300;
const SATURDAY = 6;

type Props = {
  backup: {
    id: string;
    code: string;
    version: number;
    object: BackupObject;
    machines: readonly { id: string; code: string; name: string }[];
    contents: string;
    cycle: BackupCycle;
    weekday: number | null;
    startMinute: number;
    keepDays: number;
    keepCopies: number;
    targetCenter: { id: string } | null;
    encrypted: boolean;
    encryptionNote: string | null;
    restoreTestMonths: number;
    nextRestoreTestOn: string | null;
  };
  /** The order by which its worker sees it; null for whoever sees the record itself. */
  orderId: string | null;
  onClose: () => void;
};

function minuteOf(text: string): number {
  const [hours = Number.NaN, minutes = Number.NaN] = text.split(':').map(Number);
  return Number.isNaN(hours + minutes) ? -1 : hours * 60 + minutes;
}

/** Half a year on, as the default rhythm of restore tests is. */
function someMonthsOn(months: number): string {
  const now = new Date();
  return new Date(Date.UTC(now.getFullYear(), now.getMonth() + months, now.getDate())).toISOString().slice(0, 10);
}

export function BackupSetUpDialog({ backup, orderId, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [draft, setDraft] = useState(() => ({
    resourceIds: backup.machines.map((machine) => machine.id),
    contents: backup.contents,
    cycle: backup.cycle,
    weekday: backup.weekday ?? SATURDAY,
    start: clockOf(backup.startMinute),
    keepDays: backup.keepDays as number | null,
    keepCopies: backup.keepCopies as number | null,
    targetCenterId: backup.targetCenter?.id ?? '',
    // A backup that nobody has set up yet is encrypted unless somebody says why not.
    encrypted: backup.encryptionNote === null || backup.encrypted,
    encryptionNote: backup.encryptionNote ?? '',
    restoreTestMonths: backup.restoreTestMonths as number | null,
    nextRestoreTestOn: backup.nextRestoreTestOn ?? someMonthsOn(backup.restoreTestMonths),
  }));
  const change = (patch: Partial<typeof draft>) => {
    setDraft((now) => ({ ...now, ...patch }));
    form.changed(...Object.keys(patch));
  };
  const [own] = useQuery({ query: BackupOwnChoicesQuery, variables: { id: backup.id }, pause: orderId !== null });
  const [byOrder] = useQuery({
    query: BackupChoicesQuery,
    variables: { id: orderId ?? '' },
    pause: orderId === null,
  });
  const candidates = own.data?.backup.candidates ?? byOrder.data?.workOrder.backup?.candidates ?? [];
  const centers = own.data?.centers ?? byOrder.data?.centers ?? [];
  const { send, busy } = useOutcome(SetUpBackupMutation);
  const submit = async () => {
    const { start, keepDays, keepCopies, restoreTestMonths, ...rest } = draft;
    const answer = await send({
      ...rest,
      id: backup.id,
      expectedVersion: backup.version,
      weekday: draft.cycle === 'WEEKLY' ? draft.weekday : null,
      startMinute: minuteOf(start),
      keepDays: keepDays ?? 0,
      keepCopies: keepCopies ?? 0,
      restoreTestMonths: restoreTestMonths ?? 0,
      targetCenterId: draft.targetCenterId || null,
    });
    if (!answer.data)
      return form.refuse(
        answer.errors.map((error) =>
          error.field.startsWith('resourceIds') ? { ...error, field: 'resourceIds' } : error,
        ),
      );
    notice(t('backup.saved', { code: backup.code }));
    onClose();
  };
  const { errors } = form;
  return (
    <DialogForm
      title={`${t('backup.action.SET_UP')} ${backup.code}`}
      submit={t('backup.save')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field field="resourceIds" label={t('backup.machines')} hint={t('backup.machinesHint')} errors={errors}>
        {(control) => (
          <Select
            {...control}
            className="jy-full"
            mode="multiple"
            optionFilterProp="label"
            value={draft.resourceIds}
            onChange={(resourceIds: string[]) => change({ resourceIds })}
            options={candidates.map((machine) => ({ value: machine.id, label: `${machine.name} ${machine.code}` }))}
          />
        )}
      </Field>
      <TextBox
        field="contents"
        label={t('backup.contents')}
        hint={t('backup.contentsHint')}
        errors={errors}
        optional={backup.object === 'MACHINE'}
        max={CONTENTS_LONGEST}
        value={draft.contents}
        onChange={(contents) => change({ contents })}
      />
      <div className="jy-fields-row">
        <ChoiceBox
          field="cycle"
          label={t('backup.cycleTitle')}
          errors={errors}
          value={draft.cycle}
          options={cycles.map((value) => ({ value, label: t(`backup.cycle.${value}`) }))}
          onChange={(cycle) => change({ cycle })}
        />
        {draft.cycle === 'WEEKLY' && (
          <Field field="weekday" label={t('backup.weekdayTitle')} errors={errors}>
            {(control) => (
              <Select
                {...control}
                className="jy-full"
                value={draft.weekday}
                onChange={(weekday: number) => change({ weekday })}
                options={weekdays.map((value) => ({
                  value,
                  label: t('backup.weekdayOption', { weekday: t(`backup.weekday.d${value}`) }),
                }))}
              />
            )}
          </Field>
        )}
        <Field field="startMinute" label={t('backup.start')} errors={errors}>
          {(control) => (
            <Input
              {...control}
              type="time"
              value={draft.start}
              onChange={(event) => change({ start: event.target.value })}
            />
          )}
        </Field>
      </div>
      <div className="jy-fields-row">
        <NumberBox
          field="keepDays"
          label={t('backup.keepDays')}
          errors={errors}
          min={1}
          value={draft.keepDays}
          onChange={(keepDays) => change({ keepDays })}
        />
        <NumberBox
          field="keepCopies"
          label={t('backup.keepCopies')}
          errors={errors}
          min={1}
          value={draft.keepCopies}
          onChange={(keepCopies) => change({ keepCopies })}
        />
        <Field field="targetCenterId" label={t('backup.target')} errors={errors}>
          {(control) => (
            <Select
              {...control}
              className="jy-full"
              value={draft.targetCenterId || undefined}
              onChange={(targetCenterId: string) => change({ targetCenterId })}
              options={centers.map((center) => ({
                value: center.id,
                label: <CenterMark role={center.role} name={center.name} />,
              }))}
            />
          )}
        </Field>
      </div>
      <Checkbox checked={draft.encrypted} onChange={(event) => change({ encrypted: event.target.checked })}>
        {t('backup.encryption')}
      </Checkbox>
      <TextBox
        field="encryptionNote"
        label={t('backup.encryptionNote')}
        hint={t('backup.encryptionHint')}
        errors={errors}
        max={NOTE_LONGEST}
        value={draft.encryptionNote}
        onChange={(encryptionNote) => change({ encryptionNote })}
      />
      <div className="jy-fields-row">
        <NumberBox
          field="restoreTestMonths"
          label={t('backup.testMonths')}
          errors={errors}
          min={1}
          value={draft.restoreTestMonths}
          onChange={(restoreTestMonths) => change({ restoreTestMonths })}
        />
        <Field field="nextRestoreTestOn" label={t('backup.nextTestOn')} errors={errors}>
          {(control) => (
            <Input
              {...control}
              type="date"
              value={draft.nextRestoreTestOn}
              onChange={(event) => change({ nextRestoreTestOn: event.target.value })}
            />
          )}
        </Field>
      </div>
    </DialogForm>
  );
}
