import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PortKind } from '../../../graphql/enums';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { ChoiceBox, NumberBox, TextBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { CreatePortSetMutation, ResizePortSetMutation } from '../port-sets.gql';
import type { PortSet } from './PortSetsPanel';

const kinds: readonly PortKind[] = [
  'COPPER_1G',
  'COPPER_10G',
  'FIBRE_10G',
  'FIBRE_25G',
  'FIBRE_100G',
  'SOCKET_C13',
  'SOCKET_C19',
  'SOCKET_GB10A',
  'SOCKET_GB16A',
];
const LABEL_LONGEST = 60;
const PORTS_OF_A_SWITCH = 48;

export function NewPortSetDialog({ cabinetId, onClose }: { cabinetId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [label, setLabel] = useState('');
  const [kind, setKind] = useState<PortKind>('FIBRE_10G');
  const [count, setCount] = useState<number | null>(PORTS_OF_A_SWITCH);
  const { send, busy } = useOutcome(CreatePortSetMutation);
  const submit = async () => {
    const answer = await send({ cabinetId, kind, label, count: count ?? 0 });
    if (!answer.data) return form.refuse(answer.errors);
    notice(t('portSet.added', { label }));
    onClose();
  };
  return (
    <DialogForm
      title={t('portSet.add')}
      submit={t('portSet.add')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextBox
        field="label"
        label={t('portSet.label')}
        hint={t('portSet.labelHint')}
        errors={form.errors}
        max={LABEL_LONGEST}
        value={label}
        onChange={(next) => {
          setLabel(next);
          form.changed('label');
        }}
      />
      <div className="jy-fields-row">
        <ChoiceBox
          field="kind"
          label={t('portSet.kind')}
          errors={form.errors}
          value={kind}
          options={kinds.map((value) => ({ value, label: t(`work.portKind.${value}`) }))}
          onChange={setKind}
        />
        <CountBox value={count} errors={form.errors} onChange={setCount} />
      </div>
    </DialogForm>
  );
}

export function ResizePortSetDialog({ set, onClose }: { set: PortSet; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [count, setCount] = useState<number | null>(set.count);
  const { send, busy } = useOutcome(ResizePortSetMutation);
  const submit = async () => {
    const answer = await send({ id: set.id, expectedVersion: set.version, count: count ?? 0 });
    if (!answer.data) return form.refuse(answer.errors);
    notice(t('portSet.resized', { label: set.label, count: count ?? 0 }));
    onClose();
  };
  return (
    <DialogForm
      title={t('portSet.resizeOf', { label: set.label })}
      submit={t('portSet.resize')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="jy-quiet-text">{t('portSet.resizeHint', { claimed: set.count - set.free })}</p>
      <CountBox value={count} errors={form.errors} onChange={setCount} />
    </DialogForm>
  );
}

type CountProps = {
  value: number | null;
  errors: ReturnType<typeof useFormErrors>['errors'];
  onChange: (count: number | null) => void;
};

function CountBox({ value, errors, onChange }: CountProps) {
  const { t } = useTranslation();
  return (
    <NumberBox field="count" label={t('portSet.count')} errors={errors} min={1} value={value} onChange={onChange} />
  );
}
