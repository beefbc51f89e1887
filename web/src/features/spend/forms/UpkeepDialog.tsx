import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fenOfYuan } from '../../../lib/fen-of-yuan';
import { plainYuanOfFen } from '../../../lib/money';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { ReasonBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import type { AssetRow } from '../components/asset-columns';
import { today } from '../components/spend-words';
import { ChangeUpkeepMutation } from '../spend.gql';
import { DateBox, YuanBox } from './amounts';

const REASON_LONGEST = 300;

/** Maintenance and power from a month on; what was before stays as it was. */
export function UpkeepDialog({ asset, onClose }: { asset: AssetRow; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { send, busy } = useOutcome(ChangeUpkeepMutation);
  const form = useFormErrors();
  const last = asset.upkeeps.at(-1);
  const [facts, setFacts] = useState({
    from: today().slice(0, 7),
    maintenance: plainYuanOfFen(last?.maintenance ?? '0'),
    power: plainYuanOfFen(last?.power ?? '0'),
    reason: '',
  });
  const put = (field: keyof typeof facts) => (value: string) => {
    setFacts((now) => ({ ...now, [field]: value }));
    form.changed(field);
  };
  const submit = async () => {
    const [maintenance, power] = [fenOfYuan(facts.maintenance), fenOfYuan(facts.power)];
    if (maintenance === null) return form.refuse([{ field: 'maintenance', message: t('spend.amountWrong') }]);
    if (power === null) return form.refuse([{ field: 'power', message: t('spend.amountWrong') }]);
    if (!facts.reason.trim()) return form.refuse([{ field: 'reason', message: t('entry.reasonMissing') }]);
    const answer = await send({ id: asset.id, from: facts.from, reason: facts.reason, maintenance, power });
    if (!answer.data) return form.refuse(answer.errors);
    notice(t('asset.upkeepChanged'));
    onClose();
  };
  const { errors } = form;
  return (
    <DialogForm
      title={t('asset.upkeepOf', { name: asset.name })}
      submit={t('asset.upkeep')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <DateBox
        type="month"
        field="from"
        label={t('asset.upkeepFrom')}
        errors={errors}
        value={facts.from}
        onChange={put('from')}
      />
      <YuanBox
        field="maintenance"
        label={t('asset.maintenanceMonthly')}
        errors={errors}
        value={facts.maintenance}
        onChange={put('maintenance')}
      />
      <YuanBox
        field="power"
        label={t('asset.powerMonthly')}
        errors={errors}
        value={facts.power}
        onChange={put('power')}
      />
      <ReasonBox
        field="reason"
        label={t('asset.upkeepReason')}
        errors={errors}
        max={REASON_LONGEST}
        value={facts.reason}
        onChange={put('reason')}
      />
    </DialogForm>
  );
}
