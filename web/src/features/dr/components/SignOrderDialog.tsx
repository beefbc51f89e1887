import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { DrExecutionKind } from '../../../graphql/enums';
import { shanghaiIso } from '../../../lib/time';
import { ChipFilter } from '../../../ui/FilterBar';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { ChoiceBox, MomentBox, ReasonBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { OrderChoicesQuery, SignOrderMutation } from '../drexec.gql';

const KINDS: DrExecutionKind[] = ['SWITCHOVER', 'FAILOVER', 'FAILBACK'];
const TRIGGER_LONGEST = 500;

/** 签署预授权: who may press, what for, on what, and until when; the second signature is still another's. */
export function SignOrderDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [holderId, setHolder] = useState('');
  const [kinds, setKinds] = useState<DrExecutionKind[]>(['FAILOVER']);
  const [groupIds, setGroups] = useState<string[]>([]);
  const [words, setWords] = useState({ trigger: '', from: '', until: '' });
  const [{ data }] = useQuery({ query: OrderChoicesQuery });
  const { send, busy } = useOutcome(SignOrderMutation);
  const put = (field: keyof typeof words) => (value: string) => {
    setWords({ ...words, [field]: value });
    form.changed(field);
  };
  const submit = async () => {
    const [from, until] = [shanghaiIso(words.from), shanghaiIso(words.until)];
    if (!holderId) return form.refuse([{ field: 'holderId', message: t('drexec.standing.holderMissing') }]);
    if (from === null) return form.refuse([{ field: 'from', message: t('freeze.timeMissing') }]);
    if (until === null) return form.refuse([{ field: 'until', message: t('freeze.timeMissing') }]);
    const wish = { holderId, kinds, trigger: words.trigger, from, until };
    const { data: done, errors } = await send({ ...wish, groupIds: groupIds.length > 0 ? groupIds : null });
    if (!done) return form.refuse(errors);
    notice(t('drexec.standing.signed'));
    onClose();
  };
  return (
    <DialogForm
      title={t('drexec.standing.sign')}
      submit={t('drexec.standing.sign')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('drexec.standing.signText')}</p>
      <ChoiceBox
        field="holderId"
        label={t('drexec.standing.holder')}
        errors={form.errors}
        value={holderId}
        options={(data?.drStandingOrderHolders ?? []).map(({ name, userId }) => ({ value: userId, label: name }))}
        onChange={(next) => {
          setHolder(next);
          form.changed('holderId');
        }}
      />
      <ChipFilter
        label={t('drexec.kindLabel')}
        options={KINDS.map((value) => ({ value, text: t(`drexec.kind.${value}`) }))}
        value={kinds}
        onChange={(next) => {
          setKinds(next);
          form.changed('kinds');
        }}
      />
      <Field field="groupIds" label={t('drexec.standing.groups')} errors={form.errors}>
        {(control) => (
          <Select
            {...control}
            className="jy-full"
            mode="multiple"
            optionFilterProp="label"
            maxTagCount={3}
            placeholder={t('drexec.standing.allGroups')}
            value={groupIds}
            options={(data?.drGroups.nodes ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(next) => {
              setGroups(next);
              form.changed('groupIds');
            }}
          />
        )}
      </Field>
      <div className="jy-field-row">
        {(['from', 'until'] as const).map((field) => (
          <MomentBox
            key={field}
            field={field}
            label={t(`drexec.standing.${field}`)}
            errors={form.errors}
            value={words[field]}
            onChange={put(field)}
          />
        ))}
      </div>
      <ReasonBox
        field="trigger"
        label={t('drexec.standing.trigger')}
        errors={form.errors}
        max={TRIGGER_LONGEST}
        value={words.trigger}
        onChange={put('trigger')}
      />
    </DialogForm>
  );
}
