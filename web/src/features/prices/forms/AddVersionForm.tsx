import { Button, Checkbox, Input, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Architecture, PriceKind } from '../../../graphql/enums';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import type { PriceRow } from '../components/price-columns';
import { AddPriceVersionMutation } from '../prices.gql';
import { TierRows } from './TierRows';
import { draftOfTiers, faultsOfTiers, newTier } from './tier-draft';

const architectures: readonly Architecture[] = ['AMD64', 'ARM64'];
const kinds: readonly PriceKind[] = ['STANDARD', 'FREE', 'INTERNAL'];
type Props = { item: PriceRow; centers: readonly { id: string; name: string }[]; onDone: () => void };

/** The next price. What holds until now ends where it begins, unless that is not wished. */
export function AddVersionForm({ item, centers, onDone }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { send, busy } = useOutcome(AddPriceVersionMutation);
  const { errors, refusals, refuse, changed, accept } = useFormErrors();
  const [centerId, setCenterId] = useState('');
  const [architecture, setArchitecture] = useState<Architecture | ''>('');
  const [kind, setKind] = useState<PriceKind>('STANDARD');
  const [form, setForm] = useState({ from: '', to: '', unitPrice: '', reason: '' });
  const [endsPrevious, setEndsPrevious] = useState(true);
  const [byTiers, setByTiers] = useState(false);
  const [tiers, setTiers] = useState(() => [newTier(), newTier()]);
  // What is free has one list price.
  const tiered = byTiers && kind === 'STANDARD';

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const wrong = [
      ...(form.from ? [] : [{ field: 'from', message: t('price.fromMissing') }]),
      ...(tiered
        ? faultsOfTiers(draftOfTiers(tiers), {
            bound: t('price.tierBoundWrong'),
            order: t('price.tierOrderWrong'),
            price: t('price.priceWrong'),
          })
        : /^\d{1,12}(\.\d{1,6})?$/.test(form.unitPrice.trim())
          ? []
          : [{ field: 'unitPrice', message: t('price.priceWrong') }]),
      ...(form.reason.trim() ? [] : [{ field: 'reason', message: t('price.reasonMissing') }]),
    ];
    if (wrong.length > 0) return refuse(wrong);
    const answer = await send({
      itemId: item.id,
      centerId: centerId || null,
      architecture: architecture || null,
      kind,
      from: form.from,
      to: form.to || null,
      unitPrice: tiered ? null : form.unitPrice.trim(),
      tiers: tiered ? draftOfTiers(tiers) : null,
      reason: form.reason.trim(),
      endsPrevious,
    });
    if (!answer.data) return refuse(answer.errors);
    notice(t('price.added', { name: item.name, from: form.from }));
    onDone();
  };
  const text = (
    field: keyof typeof form,
    label: string,
    more: { type?: string; hint?: string; suffix?: string; optional?: boolean },
  ) => (
    <Field field={field} label={label} hint={more.hint} errors={errors} optional={more.optional ?? false}>
      {(control) => (
        <Input
          {...control}
          type={more.type ?? 'text'}
          inputMode={field === 'unitPrice' ? 'decimal' : undefined}
          suffix={more.suffix}
          maxLength={200}
          value={form[field]}
          onChange={(event) => {
            setForm((now) => ({ ...now, [field]: event.target.value }));
            changed(field);
          }}
        />
      )}
    </Field>
  );

  return (
    <form className="jy-form" noValidate aria-label={t('price.add')} onSubmit={(event) => void submit(event)}>
      <ErrorSummary errors={errors} refusals={refusals} />
      <div className="jy-fields-row">
        <Field field="centerId" label={t('price.center')} errors={errors}>
          {(control) => (
            <Select
              {...control}
              className="jy-full"
              value={centerId}
              onChange={setCenterId}
              options={[
                { value: '', label: t('price.anyCenter') },
                ...centers.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
          )}
        </Field>
        <Field field="architecture" label={t('price.architecture')} errors={errors}>
          {(control) => (
            <Select
              {...control}
              className="jy-full"
              value={architecture}
              onChange={(value: Architecture | '') => setArchitecture(value)}
              options={[
                { value: '', label: t('price.anyArchitecture') },
                ...architectures.map((value) => ({ value, label: t(`architecture.${value}`) })),
              ]}
            />
          )}
        </Field>
      </div>
      <p className="jy-hint">{t('price.precedence')}</p>
      <div className="jy-fields-row">
        <Field field="kind" label={t('price.kind')} errors={errors}>
          {(control) => (
            <Select
              {...control}
              className="jy-full"
              value={kind}
              onChange={setKind}
              options={kinds.map((value) => ({ value, label: t(`price.kinds.${value}`) }))}
            />
          )}
        </Field>
        {!tiered &&
          text('unitPrice', t(kind === 'STANDARD' ? 'price.unitPrice' : 'price.listPrice'), {
            suffix: t('price.perUnit', { unit: item.unit }),
            hint: t('price.priceHint'),
          })}
      </div>
      {kind === 'STANDARD' && (
        <p>
          <Checkbox
            checked={byTiers}
            onChange={(event) => {
              setByTiers(event.target.checked);
              accept();
            }}
          >
            {t('price.byTiers')}
          </Checkbox>
        </p>
      )}
      {tiered && (
        <TierRows
          unit={item.unit}
          rows={tiers}
          errors={errors}
          onChange={(rows) => {
            setTiers(rows);
            accept();
          }}
        />
      )}
      {kind !== 'STANDARD' && <p className="jy-hint">{t('price.freeHint')}</p>}
      <div className="jy-fields-row">
        {text('from', t('price.from'), { type: 'date' })}
        {text('to', t('price.to'), { type: 'date', hint: t('price.toHint'), optional: true })}
      </div>
      {text('reason', t('price.reason'), { hint: t('price.reasonHint') })}
      <Checkbox checked={endsPrevious} onChange={(event) => setEndsPrevious(event.target.checked)}>
        {t('price.endsPrevious')}
      </Checkbox>
      <div className="jy-dialog-foot">
        <Button onClick={onDone}>{t('common.cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('price.add')}
        </Button>
      </div>
    </form>
  );
}
