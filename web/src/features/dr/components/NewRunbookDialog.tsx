import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useQuery } from 'urql';
import type { DrExecutionKind } from '../../../graphql/enums';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { ChoiceBox, TextBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { CreateRunbookMutation, PlannedStepFields, UsualStepsQuery } from '../drexec.gql';
import { bareSteps } from '../planned-steps';

const KINDS: DrExecutionKind[] = ['SWITCHOVER', 'FAILOVER', 'FAILBACK'];
const NAME_LONGEST = 60;

/** It begins with the usual steps of its kind; what is changed of them is its second version. */
export function NewRunbookDialog({ groupId, onClose }: { groupId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const go = useNavigate();
  const form = useFormErrors();
  const [kind, setKind] = useState<DrExecutionKind>('SWITCHOVER');
  const [name, setName] = useState('');
  const [{ data }] = useQuery({ query: UsualStepsQuery, variables: { kind, groupId } });
  const { send, busy } = useOutcome(CreateRunbookMutation);
  const submit = async () => {
    if (!data) return;
    const steps = bareSteps(readFragment(PlannedStepFields, data.drUsualSteps));
    const { data: done, errors } = await send({ groupId, kind, name, steps });
    if (!done) return form.refuse(errors);
    if (done.outcome.runbook) await go(routes.drRunbook(done.outcome.runbook.id));
  };
  return (
    <DialogForm
      title={t('drexec.newRunbook')}
      submit={t('drexec.create')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <ChoiceBox
        field="kind"
        label={t('drexec.kindLabel')}
        errors={form.errors}
        value={kind}
        options={KINDS.map((value) => ({ value, label: t(`drexec.kind.${value}`) }))}
        onChange={setKind}
      />
      <TextBox
        field="name"
        label={t('drexec.runbookName')}
        errors={form.errors}
        max={NAME_LONGEST}
        value={name}
        onChange={(next) => {
          setName(next);
          form.changed('name');
        }}
      />
      <p className="jy-quiet-text">{t('drexec.newRunbookText', { count: data?.drUsualSteps.length ?? 0 })}</p>
    </DialogForm>
  );
}
