import { Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CabinetFace, CabinetOccupantKind } from '../../../graphql/enums';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import type { FormError } from '../../../ui/forms/form-errors';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useSend } from '../../../ui/forms/use-send';
import { useNotice } from '../../../ui/notice';
import {
  BlockUnitsMutation,
  PlaceOccupantMutation,
  ReleaseHolderMutation,
  UnblockUnitsMutation,
} from '../cabinets.gql';
import type { BoardHolder } from '../components/board-types';
import type { HolderAct } from '../components/HolderPanel';
import type { Selection } from '../elevation/Elevation';
import type { Moving } from '../elevation/use-moving';
import { FaceField, HeightField, UnitField } from './holder-fields';
import { PlanDialog, PlanEndDialog } from './PlanDialogs';

const FACES: readonly CabinetFace[] = ['BOTH', 'FRONT', 'REAR'];
const KINDS: readonly CabinetOccupantKind[] = ['SWITCH', 'PDU', 'ODF', 'STORAGE', 'OTHER'];
/** As the server keeps them (cabinets/domain/wish). */
const LABEL_LENGTH_MAX = 100;
const REASON_LENGTH_MAX = 200;
const GRAMS = 1_000;
/** Of a form that is answered elsewhere. */
const NOTHING_WRONG = { errors: [], refusals: 0 };

type Props = {
  act: HolderAct;
  selection: Selection<BoardHolder>;
  cabinets: readonly { id: string; code: string }[];
  /** A planned move stays in its center. */
  centerId: string;
  moving: Moving<BoardHolder>;
  onClose: () => void;
};

/** The forms behind the buttons of the panel. */
export function HolderDialog(props: Props) {
  const { act, selection } = props;
  switch (act) {
    case 'place':
      return <PlaceDialog {...props} />;
    case 'block':
      return <BlockDialog {...props} />;
    case 'move':
      return selection.holder && <MoveDialog {...props} holder={selection.holder} />;
    case 'plan':
      return selection.holder && <PlanDialog {...props} holder={selection.holder} />;
    case 'apply':
    case 'giveUp':
      return selection.holder?.plannedMove ? (
        <PlanEndDialog {...props} act={act} holder={selection.holder} plan={selection.holder.plannedMove} />
      ) : null;
    case 'unblock':
    case 'release':
      return selection.holder && <EndDialog {...props} act={act} holder={selection.holder} />;
  }
}

/** For fingers, and for whoever knows the number: the same move without carrying. */
function MoveDialog({ holder, selection, cabinets, moving, onClose }: Props & { holder: BoardHolder }) {
  const { t } = useTranslation();
  const [cabinetId, setCabinetId] = useState(selection.cabinetId);
  const [startUnit, setStartUnit] = useState<number | null>(holder.startUnit);
  const [face, setFace] = useState<CabinetFace>(holder.face);
  return (
    <DialogForm
      title={t('cabinet.moveTitle', { name: holder.label ?? '' })}
      submit={t('cabinet.move')}
      busy={false}
      form={NOTHING_WRONG}
      onClose={onClose}
      onSubmit={async () => {
        onClose();
        // A refusal stands over the pictures, where the thing is back in its place.
        await moving.send(holder, { cabinetId, startUnit, face });
      }}
    >
      <Field field="cabinetId" label={t('cabinet.title')} errors={[]}>
        {(control) => (
          <Select
            {...control}
            className="jy-full"
            showSearch={{ optionFilterProp: 'label' }}
            value={cabinetId}
            onChange={setCabinetId}
            options={cabinets.map(({ id, code }) => ({ value: id, label: code }))}
          />
        )}
      </Field>
      <UnitField
        label={t('cabinet.startUnit')}
        hint={t('cabinet.startUnitHint')}
        value={startUnit}
        onChange={setStartUnit}
      />
      {holder.face !== 'BOTH' && <FaceField value={face} onChange={setFace} faces={['FRONT', 'REAR']} />}
    </DialogForm>
  );
}

function PlaceDialog({ selection, cabinets, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const { send, busy } = useSend(PlaceOccupantMutation, (data) => data.placeOccupant.errors);
  const [kind, setKind] = useState<CabinetOccupantKind>('SWITCH');
  const [label, setLabel] = useState('');
  const [startUnit, setStartUnit] = useState<number | null>(selection.unit);
  const [heightUnits, setHeightUnits] = useState<number | null>(1);
  const [face, setFace] = useState<CabinetFace>('BOTH');
  const [powerW, setPowerW] = useState<number | null>(0);
  const [kilograms, setKilograms] = useState<number | null>(0);
  const code = cabinets.find(({ id }) => id === selection.cabinetId)?.code ?? '';
  const submit = async () => {
    const wrong: FormError[] = [];
    if (!label.trim()) wrong.push({ field: 'label', message: t('cabinet.labelMissing') });
    if (heightUnits === null) wrong.push({ field: 'heightUnits', message: t('cabinet.heightMissing') });
    if (wrong.length > 0) return form.refuse(wrong);
    const refused = await send({
      cabinetId: selection.cabinetId,
      startUnit: heightUnits === 0 ? null : startUnit,
      heightUnits: heightUnits ?? 0,
      face,
      kind,
      label: label.trim(),
      departmentId: null,
      powerW: powerW ?? 0,
      weightGrams: Math.round((kilograms ?? 0) * GRAMS),
    });
    if (refused.length > 0) return form.refuse(refused);
    notice(t('cabinet.placed', { name: label.trim() }));
    onClose();
  };
  return (
    <DialogForm
      title={t('cabinet.placeTitle', { code })}
      submit={t('cabinet.place')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className="jy-fields-row">
        <Field field="kind" label={t('cabinet.kindTitle')} errors={form.errors}>
          {(control) => (
            <Select
              {...control}
              className="jy-full"
              value={kind}
              onChange={setKind}
              options={KINDS.map((value) => ({ value, label: t(`cabinet.kind.${value}`) }))}
            />
          )}
        </Field>
        <Field field="label" label={t('cabinet.label')} errors={form.errors}>
          {(control) => (
            <Input
              {...control}
              autoFocus
              maxLength={LABEL_LENGTH_MAX}
              value={label}
              onChange={(event) => {
                setLabel(event.target.value);
                form.changed('label');
              }}
            />
          )}
        </Field>
      </div>
      <UnitField
        label={t('cabinet.startUnit')}
        hint={t('cabinet.startUnitHint')}
        value={startUnit}
        onChange={setStartUnit}
        errors={form.errors}
      />
      <div className="jy-fields-row">
        <HeightField
          value={heightUnits}
          onChange={setHeightUnits}
          errors={form.errors}
          hint={t('cabinet.heightHint')}
        />
        <FaceField value={face} onChange={setFace} faces={FACES} />
      </div>
      <div className="jy-fields-row">
        <Field field="powerW" label={t('cabinet.nameplate')} errors={form.errors}>
          {(control) => (
            <InputNumber
              {...control}
              className="jy-full"
              min={0}
              precision={0}
              value={powerW}
              onChange={setPowerW}
              suffix="W"
            />
          )}
        </Field>
        <Field field="weightGrams" label={t('cabinet.weight')} errors={form.errors}>
          {(control) => (
            <InputNumber
              {...control}
              className="jy-full"
              min={0}
              precision={1}
              value={kilograms}
              onChange={setKilograms}
              suffix="kg"
            />
          )}
        </Field>
      </div>
    </DialogForm>
  );
}

function BlockDialog({ selection, cabinets, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const { send, busy } = useSend(BlockUnitsMutation, (data) => data.blockUnits.errors);
  const [startUnit, setStartUnit] = useState<number | null>(selection.unit);
  const [heightUnits, setHeightUnits] = useState<number | null>(1);
  const [face, setFace] = useState<CabinetFace>('BOTH');
  const [reason, setReason] = useState('');
  const code = cabinets.find(({ id }) => id === selection.cabinetId)?.code ?? '';
  const submit = async () => {
    const wrong: FormError[] = [];
    if (startUnit === null) wrong.push({ field: 'startUnit', message: t('cabinet.startMissing') });
    if (heightUnits === null) wrong.push({ field: 'heightUnits', message: t('cabinet.heightMissing') });
    if (!reason.trim()) wrong.push({ field: 'reason', message: t('cabinet.reasonMissing') });
    if (wrong.length > 0 || startUnit === null || heightUnits === null) return form.refuse(wrong);
    const refused = await send({ cabinetId: selection.cabinetId, startUnit, heightUnits, face, reason: reason.trim() });
    if (refused.length > 0) return form.refuse(refused);
    notice(t('cabinet.blocked', { code }));
    onClose();
  };
  return (
    <DialogForm
      title={t('cabinet.blockTitle', { code })}
      submit={t('cabinet.block')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className="jy-fields-row">
        <UnitField label={t('cabinet.startUnit')} value={startUnit} onChange={setStartUnit} errors={form.errors} />
        <HeightField value={heightUnits} onChange={setHeightUnits} errors={form.errors} />
      </div>
      <FaceField value={face} onChange={setFace} faces={FACES} />
      <Field field="reason" label={t('cabinet.reason')} errors={form.errors}>
        {(control) => (
          <Input
            {...control}
            maxLength={REASON_LENGTH_MAX}
            value={reason}
            onChange={(event) => {
              setReason(event.target.value);
              form.changed('reason');
            }}
          />
        )}
      </Field>
    </DialogForm>
  );
}

function EndDialog({ act, holder, onClose }: Props & { act: 'unblock' | 'release'; holder: BoardHolder }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const unblocking = useSend(UnblockUnitsMutation, (data) => data.unblockUnits.errors);
  const releasing = useSend(ReleaseHolderMutation, (data) => data.releaseHolder.errors);
  const { send, busy } = act === 'unblock' ? unblocking : releasing;
  const name = holder.label ?? holder.reason ?? '';
  const submit = async () => {
    const refused = await send({ holderId: holder.id, expectedVersion: holder.version });
    if (refused.length > 0) return form.refuse(refused);
    notice(t(act === 'unblock' ? 'cabinet.unblocked' : 'cabinet.takenOut', { name }));
    onClose();
  };
  return (
    <DialogForm
      title={t(act === 'unblock' ? 'cabinet.unblockTitle' : 'cabinet.takeOutTitle', { name })}
      submit={t(act === 'unblock' ? 'cabinet.unblock' : 'cabinet.takeOut')}
      danger={act === 'release'}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t(act === 'unblock' ? 'cabinet.unblockText' : 'cabinet.takeOutText')}</p>
    </DialogForm>
  );
}
