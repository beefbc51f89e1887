import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { NumberBox, TextBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { type AvailabilityRow, RecordAvailabilityMutation } from '../availability.gql';

const SOURCE_LONGEST = 200;

/** What monitoring says of one system and month; the book of outages proposes, a person enters. */
export function AvailabilityDialog({ row, onClose }: { row: ResultOf<typeof AvailabilityRow>; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const { send, busy } = useOutcome(RecordAvailabilityMutation);
  const { reading, recorded, system, month } = row;
  const [facts, setFacts] = useState({
    downMinutes: reading?.downMinutes ?? recorded?.downMinutes ?? 0,
    excusedMinutes: reading?.excusedMinutes ?? recorded?.excusedMinutes ?? 0,
  });
  const codes = recorded ? recorded.codes.join(' ').slice(0, SOURCE_LONGEST) : '';
  const [source, setSource] = useState(reading?.source ?? codes);
  const submit = async () => {
    const answer = await send({ systemId: system.id, month, ...facts, source });
    if (!answer.data) return form.refuse(answer.errors);
    notice(t('availability.saved', { name: system.name, month }));
    onClose();
  };
  const take =
    recorded &&
    (() => {
      setFacts({ downMinutes: recorded.downMinutes, excusedMinutes: recorded.excusedMinutes });
      setSource(codes);
    });
  return (
    <DialogForm
      title={`${system.name} · ${month}`}
      submit={t(reading ? 'availability.correct' : 'availability.enter')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      {recorded && (
        <p>
          {t('availability.recorded', { down: recorded.downMinutes, excused: recorded.excusedMinutes })}{' '}
          <span className="jy-code jy-quiet-text">{recorded.codes.join(' ')}</span>{' '}
          {reading && take && (
            <Button size="small" onClick={take}>
              {t('availability.take')}
            </Button>
          )}
        </p>
      )}
      <div className="jy-field-row">
        {(['downMinutes', 'excusedMinutes'] as const).map((field) => (
          <NumberBox
            key={field}
            field={field}
            label={t(`availability.${field}`)}
            errors={form.errors}
            max={row.minutesOfMonth}
            value={facts[field]}
            onChange={(value) => {
              setFacts((now) => ({ ...now, [field]: value ?? 0 }));
              form.changed(field);
            }}
          />
        ))}
      </div>
      <TextBox
        field="source"
        label={t('availability.source')}
        hint={t('availability.sourceHint')}
        errors={form.errors}
        max={SOURCE_LONGEST}
        value={source}
        onChange={(value) => {
          setSource(value);
          form.changed('source');
        }}
      />
      {reading && <p className="jy-quiet-text">{t('availability.correctText')}</p>}
    </DialogForm>
  );
}
