import { Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AddressHolderKind } from '../../../graphql/enums';
import { DepartmentSelect } from '../../../ui/departments/DepartmentSelect';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { ChoiceBox, TextBox } from '../../../ui/forms/fields';
import type { FormError } from '../../../ui/forms/form-errors';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { ClaimAddressMutation } from '../networks.gql';
import { type ChosenHolder, HolderPicker } from './HolderPicker';

/** As the server keeps them. */
const [ADDRESS_LENGTH_MAX, PURPOSE_LENGTH_MAX] = [39, 200];
/** What has no record of its own, such as a load balancer's shared address. */
type HolderWish = AddressHolderKind | 'NONE';
const KINDS: readonly HolderWish[] = ['System', 'Server', 'Resource', 'NONE'];

type Props = {
  network: { id: string; code: string; ipv4Prefix: string | null; ipv6Prefix: string | null };
  /** Empty = the next free ones. */
  address: string;
  onClose: () => void;
};

/** Takes one address, or the next free one of each family, for what will have it. */
export function ClaimDialog({ network, address: first, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const { send, busy } = useOutcome(ClaimAddressMutation);
  const [specific, setSpecific] = useState(first !== '');
  const [address, setAddress] = useState(first);
  const [kind, setKind] = useState<HolderWish>('System');
  const [holder, setHolder] = useState<ChosenHolder | null>(null);
  const [departmentId, setDepartmentId] = useState('');
  const [purpose, setPurpose] = useState('');

  const submit = async () => {
    const wrong: FormError[] = [];
    if (specific && !address.trim()) wrong.push({ field: 'address', message: t('network.addressMissing') });
    if (kind !== 'NONE' && !holder) wrong.push({ field: 'holderId', message: t('network.holderMissing') });
    if (!purpose.trim()) wrong.push({ field: 'purpose', message: t('network.purposeMissing') });
    if (wrong.length > 0) return form.refuse(wrong);
    const answer = await send({
      networkId: network.id,
      address: specific ? address.trim() : null,
      holderId: kind === 'NONE' ? null : (holder?.id ?? null),
      departmentId: kind === 'NONE' ? departmentId || null : null,
      purpose: purpose.trim(),
    });
    if (!answer.data) {
      // A shortage is of the network, not of anything that was typed.
      return form.refuse(answer.errors.map((error) => (error.field === 'count' ? { ...error, field: '' } : error)));
    }
    const claimed = answer.data.outcome.claims.map((claim) => claim.address);
    notice(t('network.claimed', { addresses: claimed.join(t('common.comma')) }));
    onClose();
  };

  return (
    <DialogForm
      title={t('network.claimTitle', { code: network.code })}
      submit={t('network.claim')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <Radio.Group
        className="jy-radios"
        aria-label={t('network.which')}
        value={specific}
        onChange={(event) => {
          setSpecific(event.target.value === true);
          form.changed('address');
        }}
        options={[
          { value: false, label: t(network.ipv4Prefix && network.ipv6Prefix ? 'network.nextOfBoth' : 'network.next') },
          { value: true, label: t('network.specific') },
        ]}
      />
      {specific && (
        <TextBox
          field="address"
          label={t('network.address')}
          hint={[network.ipv4Prefix, network.ipv6Prefix].filter(Boolean).join(t('network.or'))}
          errors={form.errors}
          max={ADDRESS_LENGTH_MAX}
          value={address}
          onChange={(text) => {
            setAddress(text);
            form.changed('address');
          }}
        />
      )}
      <ChoiceBox
        field="kind"
        label={t('network.forWhat')}
        errors={form.errors}
        value={kind}
        onChange={(next) => {
          setKind(next);
          setHolder(null);
          form.changed('holderId', 'departmentId');
        }}
        options={KINDS.map((value) => ({ value, label: t(`network.holderKind.${value}`) }))}
      />
      {kind === 'NONE' ? (
        <Field field="departmentId" label={t('request.department')} errors={form.errors} optional>
          {(control) => (
            <DepartmentSelect
              control={control}
              none={t('network.noDepartment')}
              value={departmentId}
              onChange={(id) => {
                setDepartmentId(id);
                form.changed('departmentId');
              }}
            />
          )}
        </Field>
      ) : (
        <Field field="holderId" label={t('network.holder')} hint={t('network.holderHint')} errors={form.errors}>
          {(control) => (
            <HolderPicker
              key={kind}
              control={control}
              kind={kind}
              value={holder}
              onChoose={(chosen) => {
                setHolder(chosen);
                form.changed('holderId');
              }}
            />
          )}
        </Field>
      )}
      <TextBox
        field="purpose"
        label={t('network.purpose')}
        hint={t('network.purposeHint')}
        errors={form.errors}
        max={PURPOSE_LENGTH_MAX}
        value={purpose}
        onChange={(text) => {
          setPurpose(text);
          form.changed('purpose');
        }}
      />
    </DialogForm>
  );
}
