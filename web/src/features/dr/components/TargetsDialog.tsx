import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { NumberBox, ReasonBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import type { DrGroup } from '../dr.gql';
import { SetDrTargetsMutation } from '../dr.gql';

const REASON_LONGEST = 500;
const LEVEL_MAX = 6;
const MINUTE = 60;
const OBJECTIVES = ['rtoSeconds', 'rpoSeconds', 'dooSeconds', 'nroSeconds'] as const;

/** What is promised, in minutes as people say it, and how the seven elements were assessed. */
export function TargetsDialog({ group, onClose }: { group: DrGroup; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  // The page behind it asks again and again: what is written over is what these figures were read from.
  const [version] = useState(group.version);
  const [level, setLevel] = useState(group.targetLevel);
  const [minutes, setMinutes] = useState<Record<(typeof OBJECTIVES)[number], number | null>>(() => ({
    rtoSeconds: toMinutes(group.rtoSeconds),
    rpoSeconds: toMinutes(group.rpoSeconds),
    dooSeconds: toMinutes(group.dooSeconds),
    nroSeconds: toMinutes(group.nroSeconds),
  }));
  const [elements, setElements] = useState(group.level.elements);
  const [reason, setReason] = useState('');
  const { send, busy } = useOutcome(SetDrTargetsMutation);
  const submit = async () => {
    if (!reason.trim()) return form.refuse([{ field: 'reason', message: t('drDebt.reasonMissing') }]);
    const seconds = (name: (typeof OBJECTIVES)[number]) => {
      const value = minutes[name];
      return value === null ? null : Math.round(value * MINUTE);
    };
    const { data, errors } = await send({
      ...{ id: group.id, expectedVersion: version, level, reason: reason.trim() },
      ...{ rtoSeconds: seconds('rtoSeconds'), rpoSeconds: seconds('rpoSeconds') },
      ...{ dooSeconds: seconds('dooSeconds'), nroSeconds: seconds('nroSeconds') },
      elements: elements.flatMap((one) => (one.level === null ? [] : [{ element: one.element, level: one.level }])),
    });
    if (!data) return form.refuse(errors);
    notice(t('dr.saved'));
    onClose();
  };
  return (
    <DialogForm
      title={t('dr.targetsTitle', { name: group.name })}
      submit={t('dr.save')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <NumberBox
        field="level"
        label={t('dr.targetLevel')}
        optional
        errors={form.errors}
        min={1}
        max={LEVEL_MAX}
        value={level}
        onChange={setLevel}
      />
      {OBJECTIVES.map((name) => (
        <NumberBox
          key={name}
          field={name}
          label={t(`dr.objective.${name}`)}
          optional
          decimals
          errors={form.errors}
          suffix={t('dr.minutes')}
          value={minutes[name]}
          onChange={(value) => setMinutes({ ...minutes, [name]: value })}
        />
      ))}
      {elements.map(({ element, level: assessed }) => (
        <NumberBox
          key={element}
          field={element}
          label={t(`dr.element.${element}`)}
          optional
          errors={form.errors}
          max={LEVEL_MAX}
          value={assessed}
          onChange={(value) =>
            setElements(elements.map((one) => (one.element === element ? { ...one, level: value } : one)))
          }
        />
      ))}
      <ReasonBox
        field="reason"
        label={t('drDebt.reasonLabel')}
        errors={form.errors}
        max={REASON_LONGEST}
        value={reason}
        onChange={(next) => {
          setReason(next);
          form.changed('reason');
        }}
      />
    </DialogForm>
  );
}

const toMinutes = (seconds: number | null) => (seconds === null ? null : seconds / MINUTE);
