import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NetworkPolicyDirection, NetworkPolicyProtocol } from '../../../graphql/enums';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { ChoiceBox, TextBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { ApplyPolicyMutation } from '../policies.gql';

const directions: readonly NetworkPolicyDirection[] = ['INGRESS', 'EGRESS'];
const protocols: readonly NetworkPolicyProtocol[] = ['TCP', 'UDP', 'ICMP'];

type Draft = {
  direction: NetworkPolicyDirection;
  protocol: NetworkPolicyProtocol;
  peerCidr: string;
  ports: string;
  until: string;
  reason: string;
};
const empty: Draft = { direction: 'INGRESS', protocol: 'TCP', peerCidr: '', ports: '', until: '', reason: '' };

/** One small request of its own: who is reached by whom, by what, until when. */
export function PolicyDialog({ systemId, onClose }: { systemId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [draft, setDraft] = useState(empty);
  const { send, busy } = useOutcome(ApplyPolicyMutation);
  const change = (patch: Partial<Draft>) => {
    setDraft((now) => ({ ...now, ...patch }));
    form.changed(...Object.keys(patch));
  };
  const submit = async () => {
    const answer = await send({ ...draft, systemId, until: draft.until || null });
    if (!answer.data)
      return form.refuse(
        answer.errors.map((error) => (error.field === 'peer' ? { ...error, field: 'peerCidr' } : error)),
      );
    notice(t('policy.applied'));
    onClose();
  };
  return (
    <DialogForm
      title={t('policy.apply')}
      submit={t('policy.send')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="jy-quiet-text">{t('policy.warning')}</p>
      <div className="jy-fields-row">
        <ChoiceBox
          field="direction"
          label={t('policy.directionTitle')}
          errors={form.errors}
          value={draft.direction}
          options={directions.map((value) => ({ value, label: t(`policy.direction.${value}`) }))}
          onChange={(direction) => change({ direction })}
        />
        <ChoiceBox
          field="protocol"
          label={t('policy.protocol')}
          errors={form.errors}
          value={draft.protocol}
          options={protocols.map((value) => ({ value, label: value }))}
          onChange={(protocol) => change({ protocol, ...(protocol === 'ICMP' ? { ports: '' } : {}) })}
        />
      </div>
      <TextBox
        field="peerCidr"
        label={t(draft.direction === 'INGRESS' ? 'policy.source' : 'policy.target')}
        hint={t('policy.peerHint')}
        errors={form.errors}
        max={50}
        value={draft.peerCidr}
        onChange={(peerCidr) => change({ peerCidr })}
      />
      {draft.protocol !== 'ICMP' && (
        <TextBox
          field="ports"
          label={t('policy.ports')}
          hint={t('policy.portsHint')}
          errors={form.errors}
          max={200}
          value={draft.ports}
          onChange={(ports) => change({ ports })}
        />
      )}
      <Field field="until" label={t('policy.until')} errors={form.errors} optional>
        {(control) => (
          <Input
            {...control}
            type="date"
            value={draft.until}
            onChange={(event) => change({ until: event.target.value })}
          />
        )}
      </Field>
      <TextBox
        field="reason"
        label={t('policy.reason')}
        errors={form.errors}
        max={300}
        value={draft.reason}
        onChange={(reason) => change({ reason })}
      />
    </DialogForm>
  );
}
