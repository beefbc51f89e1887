import { Button, Input, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { exactTime } from '../../../lib/time';
import { useDebounced } from '../../../lib/use-debounced';
import { Dialog } from '../../../ui/Dialog';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import type { FormError } from '../../../ui/forms/form-errors';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { DelegateApprovalsMutation, DelegateCandidatesQuery } from '../approvals.gql';

/** A pause in typing. */
const SEARCH_AFTER_MS = 250;
const REASON_LONGEST = 200;
const DAY_MS = 24 * 60 * 60_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** People name days in Shanghai, both counted; the server half-open moments. What begins today begins now. */
const beginningOf = (day: string): number => Math.max(Date.parse(`${day}T00:00:00+08:00`), Date.now());
const endOf = (day: string): number => Date.parse(`${day}T00:00:00+08:00`) + DAY_MS;

export function DelegateForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const [text, setText] = useState('');
  const search = useDebounced(text.trim(), SEARCH_AFTER_MS);
  const [{ data, fetching }] = useQuery({ query: DelegateCandidatesQuery, variables: { search: search || null } });
  const people = data?.delegateCandidates ?? [];
  const [delegate, setDelegate] = useState<{ id: string; name: string } | null>(null);
  const today = exactTime(new Date().toISOString()).slice(0, 10);
  const [firstDay, setFirstDay] = useState(today);
  const [lastDay, setLastDay] = useState('');
  const [reason, setReason] = useState('');
  const { errors, refusals, refuse, changed } = useFormErrors();
  const { send, busy } = useOutcome(DelegateApprovalsMutation);
  const listed =
    delegate && !people.some(({ id }) => id === delegate.id)
      ? [{ id: delegate.id, displayName: delegate.name, department: null }, ...people]
      : people;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const wrong: FormError[] = [];
    if (!delegate) wrong.push({ field: 'delegateId', message: t('chain.personMissing') });
    if (!DAY.test(firstDay)) wrong.push({ field: 'from', message: t('delegation.dayMissing') });
    if (!DAY.test(lastDay)) wrong.push({ field: 'until', message: t('delegation.dayMissing') });
    if (wrong.length > 0 || !delegate) return refuse(wrong);
    const { errors: refused } = await send({
      delegateId: delegate.id,
      from: new Date(beginningOf(firstDay)).toISOString(),
      until: new Date(endOf(lastDay)).toISOString(),
      reason: reason.trim(),
    });
    if (refused.length > 0) return refuse(refused);
    notice(t('delegation.done', { name: delegate.name }));
    onClose();
  };

  return (
    <Dialog title={t('delegation.give')} onClose={onClose}>
      <form className="jy-form" noValidate onSubmit={(event) => void submit(event)}>
        <ErrorSummary errors={errors} refusals={refusals} />
        <Field field="delegateId" label={t('delegation.to')} hint={t('delegation.toHint')} errors={errors}>
          {(control) => (
            <Select
              {...control}
              className="jy-full"
              allowClear
              showSearch={{ filterOption: false, onSearch: setText }}
              loading={fetching}
              placeholder={t('chain.personPlaceholder')}
              notFoundContent={fetching ? t('common.loading') : t('chain.personNone')}
              value={delegate?.id}
              onChange={(id: string | undefined) => {
                const found = listed.find((person) => person.id === id);
                setDelegate(found ? { id: found.id, name: found.displayName } : null);
                changed('delegateId');
              }}
              options={listed.map((person) => ({
                value: person.id,
                label: (
                  <span>
                    {person.displayName} <span className="jy-quiet-text">{person.department?.name}</span>
                  </span>
                ),
              }))}
            />
          )}
        </Field>
        <div className="jy-fields-row">
          <DayField
            field="from"
            label={t('delegation.firstDay')}
            value={firstDay}
            errors={errors}
            onChange={(day) => {
              setFirstDay(day);
              changed('from', 'until');
            }}
          />
          <DayField
            field="until"
            label={t('delegation.lastDay')}
            value={lastDay}
            errors={errors}
            onChange={(day) => {
              setLastDay(day);
              changed('until');
            }}
          />
        </div>
        <Field field="reason" label={t('delegation.reason')} errors={errors}>
          {(control) => (
            <Input
              {...control}
              maxLength={REASON_LONGEST}
              placeholder={t('delegation.reasonPlaceholder')}
              value={reason}
              onChange={(event) => {
                setReason(event.target.value);
                changed('reason');
              }}
            />
          )}
        </Field>
        <div className="jy-dialog-foot">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('delegation.give')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

type DayProps = {
  field: string;
  label: string;
  value: string;
  errors: readonly FormError[];
  onChange: (day: string) => void;
};

function DayField({ field, label, value, errors, onChange }: DayProps) {
  return (
    <Field field={field} label={label} errors={errors}>
      {(control) => <Input {...control} type="date" value={value} onChange={(event) => onChange(event.target.value)} />}
    </Field>
  );
}
