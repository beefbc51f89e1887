import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CabinetFace } from '../../../graphql/enums';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useSend } from '../../../ui/forms/use-send';
import { useNotice } from '../../../ui/notice';
import { ApplyMoveMutation, PlanMoveMutation, ReleaseHolderMutation } from '../cabinets.gql';
import type { BoardHolder, PlannedMove } from '../components/board-types';
import { CabinetSelect, type ChosenCabinet } from '../components/CabinetSelect';
import { useSpotWords } from '../components/use-spot-words';
import { FaceField, UnitField } from './holder-fields';

type Props = { holder: BoardHolder; onClose: () => void };

/** Holds a new place while the thing still stands in the old one. */
export function PlanDialog({ holder, centerId, onClose }: Props & { centerId: string }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const { send, busy } = useSend(PlanMoveMutation, (data) => data.planMove.errors);
  const [cabinet, setCabinet] = useState<ChosenCabinet | null>(null);
  const [startUnit, setStartUnit] = useState<number | null>(null);
  const [face, setFace] = useState<CabinetFace>(holder.face);
  const name = holder.label ?? '';
  const submit = async () => {
    if (!cabinet) return form.refuse([{ field: 'cabinetId', message: t('space.cabinetMissing') }]);
    const move = { holderId: holder.id, expectedVersion: holder.version, cabinetId: cabinet.id, startUnit, face };
    const refused = await send({ move });
    if (refused.length > 0)
      return form.refuse(refused.map((error) => ({ ...error, field: error.field.replace(/^move\.?/, '') })));
    notice(t('space.planned', { name, to: cabinet.code }));
    onClose();
  };
  return (
    <DialogForm
      title={t('space.planTitle', { name })}
      submit={t('space.planMove')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('space.planText')}</p>
      <Field field="cabinetId" label={t('space.cabinet')} hint={t('server.cabinetHint')} errors={form.errors}>
        {(control) => (
          <CabinetSelect
            control={control}
            centerId={centerId}
            thing={holder}
            face={face}
            value={cabinet}
            onChange={(chosen) => {
              setCabinet(chosen);
              form.changed('cabinetId');
            }}
          />
        )}
      </Field>
      <UnitField
        label={t('cabinet.startUnit')}
        hint={t('cabinet.startUnitHint')}
        value={startUnit}
        onChange={(unit) => {
          setStartUnit(unit);
          form.changed('startUnit');
        }}
        errors={form.errors}
      />
      {holder.face !== 'BOTH' && <FaceField value={face} onChange={setFace} faces={['FRONT', 'REAR']} />}
    </DialogForm>
  );
}

/** The thing stands in its new place, or stays where it is: either way the plan ends. */
export function PlanEndDialog({ act, holder, plan, onClose }: Props & { act: 'apply' | 'giveUp'; plan: PlannedMove }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const spots = useSpotWords();
  const applying = useSend(ApplyMoveMutation, (data) => data.applyMove.errors);
  const givingUp = useSend(ReleaseHolderMutation, (data) => data.releaseHolder.errors);
  const words = { name: holder.label ?? '', from: spots.at(plan.from), to: spots.at(plan.to) };
  const submit = async () => {
    const refused =
      act === 'apply'
        ? await applying.send({ holderId: plan.planId })
        : await givingUp.send({ holderId: plan.planId, expectedVersion: plan.planVersion });
    if (refused.length > 0) return form.refuse(refused);
    notice(t(act === 'apply' ? 'space.applied' : 'space.givenUp', words));
    onClose();
  };
  return (
    <DialogForm
      title={t(act === 'apply' ? 'space.applyTitle' : 'space.giveUpTitle', words)}
      submit={t(act === 'apply' ? 'space.applyMove' : 'space.giveUp')}
      danger={act === 'giveUp'}
      busy={applying.busy || givingUp.busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t(act === 'apply' ? 'space.applyText' : 'space.giveUpText', words)}</p>
    </DialogForm>
  );
}
