import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CalendarDayKind } from '../../../graphql/enums';
import type { ResultOf } from '../../../graphql/tada';
import { Dialog } from '../../../ui/Dialog';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import { fieldId } from '../../../ui/forms/form-errors';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { type CalendarYearRow, SaveCalendarYearMutation } from '../approvals.gql';

type Year = ResultOf<typeof CalendarYearRow>;
type Day = { key: number; day: string; kind: CalendarDayKind; name: string };
const kinds: readonly CalendarDayKind[] = ['HOLIDAY', 'WORKING'];
const SOURCE_LONGEST = 200;
const NAME_LONGEST = 40;

/** The whole list of one year, as the State Council's notice has it. */
export function CalendarYearForm({ year, onClose }: { year: Year; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const [source, setSource] = useState(year.source ?? '');
  const [days, setDays] = useState<Day[]>(year.days.map((day, key) => ({ ...day, key })));
  const { errors, refusals, refuse, changed } = useFormErrors();
  const { send, busy } = useOutcome(SaveCalendarYearMutation);

  const put = (at: number, patch: Partial<Day>) => {
    setDays((now) => now.map((day, index) => (index === at ? { ...day, ...patch } : day)));
    changed(`days.${at}.day`, `days.${at}.kind`, `days.${at}.name`);
  };
  const add = () => {
    const last = days.at(-1);
    const key = Math.max(-1, ...days.map((day) => day.key)) + 1;
    setDays((now) => [
      ...now,
      { key, day: `${year.year}-01-01`, kind: last?.kind ?? 'HOLIDAY', name: last?.name ?? '' },
    ]);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const { errors: refused } = await send({
      year: year.year,
      expectedVersion: year.version,
      source: source.trim(),
      days: days.map(({ day, kind, name }) => ({ day, kind, name: name.trim() })),
    });
    if (refused.length > 0) return refuse(refused);
    notice(t('workingDays.saved', { year: year.year }));
    onClose();
  };

  return (
    <Dialog title={t('workingDays.editTitle', { year: year.year })} onClose={onClose}>
      <form className="jy-form" noValidate onSubmit={(event) => void submit(event)}>
        <ErrorSummary errors={errors} refusals={refusals} />
        <p className="jy-quiet-text">{t('workingDays.editText')}</p>
        <Field field="source" label={t('workingDays.source')} errors={errors}>
          {(control) => (
            <Input
              {...control}
              maxLength={SOURCE_LONGEST}
              placeholder={t('workingDays.sourcePlaceholder')}
              value={source}
              onChange={(event) => {
                setSource(event.target.value);
                changed('source');
              }}
            />
          )}
        </Field>
        <fieldset className="jy-role-group">
          <legend>{t('workingDays.days')}</legend>
          {days.length === 0 && <p className="jy-quiet-text">{t('workingDays.noDays')}</p>}
          {days.map(({ key, day, kind, name }, at) => (
            <div key={key} className="jy-day-line">
              <Input
                type="date"
                id={fieldId(`days.${at}.day`)}
                aria-label={t('workingDays.day')}
                value={day}
                min={`${year.year}-01-01`}
                max={`${year.year}-12-31`}
                onChange={(event) => put(at, { day: event.target.value })}
              />
              <Select
                id={fieldId(`days.${at}.kind`)}
                aria-label={t('workingDays.kind')}
                value={kind}
                onChange={(value: CalendarDayKind) => put(at, { kind: value })}
                options={kinds.map((value) => ({ value, label: t(`workingDays.kinds.${value}`) }))}
              />
              <Input
                id={fieldId(`days.${at}.name`)}
                aria-label={t('workingDays.name')}
                maxLength={NAME_LONGEST}
                value={name}
                onChange={(event) => put(at, { name: event.target.value })}
              />
              <Button
                type="text"
                aria-label={t('workingDays.removeDay', { day })}
                icon={<DeleteOutlined aria-hidden />}
                onClick={() => setDays((now) => now.filter((_, index) => index !== at))}
              />
            </div>
          ))}
          <Button icon={<PlusOutlined aria-hidden />} onClick={add}>
            {t('workingDays.addDay')}
          </Button>
        </fieldset>
        <div className="jy-dialog-foot">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('workingDays.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
