import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fenOfYuan } from '../../../lib/fen-of-yuan';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { ChoiceBox, NumberBox, TextBox } from '../../../ui/forms/fields';
import type { FormError } from '../../../ui/forms/form-errors';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { EnterOwnedAssetMutation } from '../spend.gql';
import { DateBox, YuanBox } from './amounts';

const LONGEST = { code: 40, name: 160 } as const;
/** Of the made-up and of most tables of public bodies: electronic equipment, five to six years. */
const LIFE_MONTHS = 60;
const LIFE_MONTHS_MAX = 360;
const amounts = ['cost', 'residual', 'maintenance', 'power'] as const;
const LABELS = {
  cost: 'asset.cost',
  residual: 'asset.residual',
  maintenance: 'asset.maintenanceMonthly',
  power: 'asset.powerMonthly',
} as const;

type Props = { centers: readonly { id: string; name: string }[]; onClose: () => void };

export function AssetDialog({ centers, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { send, busy } = useOutcome(EnterOwnedAssetMutation);
  const form = useFormErrors();
  const [facts, setFacts] = useState({
    ...{ code: '', name: '', centerId: centers[0]?.id ?? '', acquiredOn: '' },
    ...{ cost: '', residual: '0', maintenance: '0', power: '0' },
  });
  const [lifeMonths, setLife] = useState<number | null>(LIFE_MONTHS);
  const put = (field: keyof typeof facts) => (value: string) => {
    setFacts((now) => ({ ...now, [field]: value }));
    form.changed(field);
  };
  const submit = async () => {
    const wrong: FormError[] = [];
    const fens = Object.fromEntries(
      amounts.map((field) => {
        const fen = fenOfYuan(facts[field]);
        if (fen === null) wrong.push({ field, message: t('spend.amountWrong') });
        return [field, fen ?? '0'];
      }),
    ) as Record<(typeof amounts)[number], string>;
    if (!facts.acquiredOn) wrong.push({ field: 'acquiredOn', message: t('spend.dateMissing') });
    if (wrong.length > 0) return form.refuse(wrong);
    const { code, name, centerId, acquiredOn } = facts;
    const answer = await send({ code, name, centerId, acquiredOn, ...fens, lifeMonths: lifeMonths ?? 0 });
    if (!answer.data) return form.refuse(answer.errors);
    notice(t('asset.created'));
    onClose();
  };
  const { errors } = form;
  return (
    <DialogForm
      title={t('asset.create')}
      submit={t('asset.create')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      {(['code', 'name'] as const).map((field) => (
        <TextBox
          key={field}
          field={field}
          label={t(`asset.${field}`)}
          errors={errors}
          max={LONGEST[field]}
          value={facts[field]}
          onChange={put(field)}
        />
      ))}
      <ChoiceBox
        field="centerId"
        label={t('asset.center')}
        errors={errors}
        value={facts.centerId}
        options={centers.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={put('centerId')}
      />
      <DateBox
        field="acquiredOn"
        label={t('asset.acquiredOn')}
        errors={errors}
        value={facts.acquiredOn}
        onChange={put('acquiredOn')}
      />
      <NumberBox
        field="lifeMonths"
        label={t('asset.life')}
        errors={errors}
        min={1}
        max={LIFE_MONTHS_MAX}
        value={lifeMonths}
        onChange={(value) => {
          setLife(value);
          form.changed('lifeMonths');
        }}
      />
      {amounts.map((field) => (
        <YuanBox
          key={field}
          field={field}
          label={t(LABELS[field])}
          errors={errors}
          value={facts[field]}
          onChange={put(field)}
        />
      ))}
    </DialogForm>
  );
}
