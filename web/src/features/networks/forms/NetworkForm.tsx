import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CenterRole, NetworkZone } from '../../../graphql/enums';
import { Field } from '../../../ui/forms/Field';
import { ChoiceBox, NumberBox, TextBox } from '../../../ui/forms/fields';
import { type FormError, fieldId } from '../../../ui/forms/form-errors';
import { PageForm } from '../../../ui/forms/PageForm';
import { useDraft } from '../../../ui/forms/use-draft';
import { Panel } from '../../../ui/Panel';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { emptyRange, isSingleStack, type NetworkDraft, type RangeDraft } from './network-draft';

/** As the server keeps them (networks/domain/network). */
const [CODE_LENGTH_MAX, NAME_LENGTH_MAX, REASON_LENGTH_MAX, NOTE_LENGTH_MAX] = [40, 60, 200, 100];
const VLAN_MAX = 4_094;
const RANGES_MAX = 50;
const [ADDRESS_LENGTH_MAX, PREFIX_LENGTH_MAX] = [39, 43];
const ZONES: readonly NetworkZone[] = ['GOVERNMENT_EXTRANET', 'INTERNET', 'BUSINESS_LINE'];

type Props = {
  start: () => NetworkDraft;
  /** null = it exists already: code, center and zone stay. */
  centers: readonly { id: string; name: string; role: CenterRole }[] | null;
  busy: boolean;
  submit: string;
  onSend: (draft: NetworkDraft) => Promise<FormError[]>;
  onCancel: () => void;
};

export function NetworkForm({ start, centers, busy, submit, onSend, onCancel }: Props) {
  const { t } = useTranslation();
  const form = useDraft(start, async (draft) => {
    const missing =
      centers && draft.centerId === '' ? [{ field: 'centerId', message: t('network.centerMissing') }] : [];
    return missing.length > 0 ? missing : onSend(draft);
  });
  const { draft, errors, change } = form;
  const name = (
    <TextBox
      field="name"
      label={t('network.name')}
      errors={errors}
      max={NAME_LENGTH_MAX}
      value={draft.name}
      onChange={(text) => change({ name: text })}
    />
  );
  const vlan = (
    <NumberBox
      field="vlanId"
      label={t('network.vlan')}
      errors={errors}
      optional
      min={1}
      max={VLAN_MAX}
      value={draft.vlanId}
      onChange={(vlanId) => change({ vlanId })}
    />
  );
  return (
    <PageForm {...form} busy={busy} submit={submit} onSubmit={form.submit} onCancel={onCancel}>
      <Panel title={t('network.what')}>
        {centers ? (
          <>
            <div className="jy-fields-row">
              <Field field="centerId" label={t('resource.center')} errors={errors}>
                {(control) => (
                  <Select
                    {...control}
                    className="jy-full"
                    placeholder={t('network.centerPlaceholder')}
                    value={draft.centerId || undefined}
                    onChange={(centerId: string) => change({ centerId })}
                    options={centers.map((center) => ({
                      value: center.id,
                      label: <CenterMark role={center.role} name={center.name} />,
                    }))}
                  />
                )}
              </Field>
              <ChoiceBox
                field="zone"
                label={t('resource.zone')}
                errors={errors}
                value={draft.zone}
                onChange={(zone) => change({ zone })}
                options={ZONES.map((value) => ({ value, label: t(`zone.${value}`) }))}
              />
              {vlan}
            </div>
            <div className="jy-fields-row">
              <TextBox
                field="code"
                label={t('network.code')}
                hint={t('network.codeHint')}
                errors={errors}
                max={CODE_LENGTH_MAX}
                value={draft.code}
                onChange={(code) => change({ code })}
              />
              {name}
            </div>
          </>
        ) : (
          <div className="jy-fields-row">
            {name}
            {vlan}
          </div>
        )}
      </Panel>
      <PrefixFields draft={draft} errors={errors} change={change} />
      <RangeFields ranges={draft.reserved} errors={errors} onChange={(reserved) => change({ reserved })} />
    </PageForm>
  );
}

type PartProps = {
  draft: NetworkDraft;
  errors: readonly FormError[];
  change: (patch: Partial<NetworkDraft>) => void;
};

function PrefixFields({ draft, errors, change }: PartProps) {
  const { t } = useTranslation();
  return (
    <Panel title={t('network.prefixes')}>
      <p className="jy-quiet-text jy-form-lead">{t('network.dualText')}</p>
      {(
        [
          ['IPv4', 'ipv4Prefix', 'ipv4Gateway', '10.20.8.0/22', '10.20.8.1'],
          ['IPv6', 'ipv6Prefix', 'ipv6Gateway', '2001:db8:20:8::/64', '2001:db8:20:8::1'],
        ] as const
      ).map(([family, prefix, gateway, prefixExample, gatewayExample]) => (
        <div key={family} className="jy-fields-row">
          <TextBox
            field={prefix}
            label={t('network.prefixOf', { family })}
            hint={t('network.example', { example: prefixExample })}
            errors={errors}
            max={PREFIX_LENGTH_MAX}
            value={draft[prefix]}
            onChange={(text) => change({ [prefix]: text })}
          />
          <TextBox
            field={gateway}
            label={t('network.gatewayOf', { family })}
            hint={t('network.example', { example: gatewayExample })}
            errors={errors}
            optional
            max={ADDRESS_LENGTH_MAX}
            value={draft[gateway]}
            onChange={(text) => change({ [gateway]: text })}
          />
        </div>
      ))}
      {isSingleStack(draft) && (
        <TextBox
          field="singleStackReason"
          label={t('network.singleStackReason')}
          hint={t('network.singleStackHint')}
          errors={errors}
          max={REASON_LENGTH_MAX}
          value={draft.singleStackReason}
          onChange={(singleStackReason) => change({ singleStackReason })}
        />
      )}
    </Panel>
  );
}

type RangeProps = {
  ranges: readonly RangeDraft[];
  errors: readonly FormError[];
  onChange: (ranges: readonly RangeDraft[]) => void;
};

function RangeFields({ ranges, errors, onChange }: RangeProps) {
  const { t } = useTranslation();
  const set = (at: number, patch: Partial<RangeDraft>) =>
    onChange(ranges.map((range, i) => (i === at ? { ...range, ...patch } : range)));
  const own = errors.filter(({ field }) => field === 'reserved');
  return (
    <Panel title={t('network.reserved')}>
      <p className="jy-quiet-text jy-form-lead">{t('network.reservedHint')}</p>
      {own.length > 0 && <p className="jy-field-error">{own.map(({ message }) => message).join(' ')}</p>}
      <div id={fieldId('reserved')} tabIndex={-1}>
        {ranges.map((range, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place, which errors name.
          <fieldset key={at} className="jy-range">
            <legend className="jy-sr-only">{t('network.rangeNumber', { number: at + 1 })}</legend>
            <TextBox
              field={`reserved.${at}.first`}
              label={t('network.rangeFirst')}
              errors={errors}
              max={ADDRESS_LENGTH_MAX}
              value={range.first}
              onChange={(first) => set(at, { first })}
            />
            <TextBox
              field={`reserved.${at}.last`}
              label={t('network.rangeLast')}
              errors={errors}
              optional
              max={ADDRESS_LENGTH_MAX}
              value={range.last}
              onChange={(last) => set(at, { last })}
            />
            <TextBox
              field={`reserved.${at}.note`}
              label={t('network.rangeNote')}
              errors={errors}
              optional
              max={NOTE_LENGTH_MAX}
              value={range.note}
              onChange={(note) => set(at, { note })}
            />
            <Button
              icon={<DeleteOutlined aria-hidden />}
              aria-label={t('network.rangeRemove', { number: at + 1 })}
              onClick={() => onChange(ranges.filter((_, i) => i !== at))}
            />
          </fieldset>
        ))}
      </div>
      <Button
        icon={<PlusOutlined aria-hidden />}
        disabled={ranges.length >= RANGES_MAX}
        onClick={() => onChange([...ranges, emptyRange])}
      >
        {t('network.rangeAdd')}
      </Button>
    </Panel>
  );
}
