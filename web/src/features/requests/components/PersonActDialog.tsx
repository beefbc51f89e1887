import { Button, Input, Radio, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { useDebounced } from '../../../lib/use-debounced';
import { Dialog } from '../../../ui/Dialog';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import type { PersonAct } from '../request-actions';
import { AddApproverMutation, ApproverCandidatesQuery, TransferRequestMutation } from '../requests.gql';

/** The API's own limit of an opinion. */
const OPINION_LONGEST = 500;
/** A pause in typing. */
const SEARCH_AFTER_MS = 250;

type Props = {
  act: PersonAct;
  request: { id: string; code: string; version: number };
  stepTitle: string;
  onClose: () => void;
  onDone: () => void;
};

/** 转办 or 加签: who is asked, for an added approver also when, and why. */
export function PersonActDialog({ act, request, stepTitle, onClose, onDone }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const [text, setText] = useState('');
  const search = useDebounced(text.trim(), SEARCH_AFTER_MS);
  const [{ data, fetching }] = useQuery({
    query: ApproverCandidatesQuery,
    variables: { requestId: request.id, choice: act, search: search || null },
    requestPolicy: 'network-only',
  });
  const [personId, setPersonId] = useState<string | null>(null);
  const [where, setWhere] = useState<'BEFORE' | 'BESIDE'>('BEFORE');
  const [opinion, setOpinion] = useState('');
  const { errors, refusals, refuse, changed } = useFormErrors();
  const transfer = useOutcome(TransferRequestMutation);
  const add = useOutcome(AddApproverMutation);
  const people = data?.approverCandidates ?? [];

  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (!personId) return refuse([{ field: 'personId', message: t('chain.personMissing') }]);
    const input = { id: request.id, expectedVersion: request.version, personId, opinion: opinion.trim() || null };
    const { errors: refused } = await (act === 'TRANSFER' ? transfer.send(input) : add.send({ ...input, where }));
    if (refused.length > 0) return refuse(refused);
    notice(t(`request.done.${act}`, { code: request.code }));
    onDone();
  };

  return (
    <Dialog title={t('request.actTitle', { act: t(`request.action.${act}`), code: request.code })} onClose={onClose}>
      <form className="jy-form" noValidate onSubmit={(event) => void send(event)}>
        <ErrorSummary errors={errors} refusals={refusals} />
        <p>{t(`request.consequence.${act}`, { step: stepTitle })}</p>
        <Field field="personId" label={t('chain.person')} hint={t(`chain.personHint.${act}`)} errors={errors}>
          {(control) => (
            <Select
              {...control}
              className="jy-full"
              allowClear
              showSearch={{ filterOption: false, onSearch: setText }}
              loading={fetching}
              placeholder={t('chain.personPlaceholder')}
              notFoundContent={fetching ? t('common.loading') : t('chain.personNone')}
              value={personId}
              onChange={(id: string | undefined) => {
                setPersonId(id ?? null);
                changed('personId');
              }}
              options={people.map((person) => ({
                value: person.id,
                label: (
                  <span>
                    {person.displayName} <span className="jy-quiet-text">{person.department?.name}</span>
                  </span>
                ),
              }))}
            />
          )}
        </Field>
        {act === 'ADD_APPROVER' && (
          <fieldset className="jy-choice">
            <legend>{t('chain.where')}</legend>
            <Radio.Group
              value={where}
              onChange={(event) => setWhere(event.target.value as 'BEFORE' | 'BESIDE')}
              options={(['BEFORE', 'BESIDE'] as const).map((value) => ({ value, label: t(`chain.added.${value}`) }))}
            />
          </fieldset>
        )}
        <Field field="opinion" label={t('chain.reason')} errors={errors} optional>
          {(control) => (
            <Input.TextArea
              {...control}
              rows={3}
              maxLength={OPINION_LONGEST}
              showCount
              value={opinion}
              onChange={(event) => {
                setOpinion(event.target.value);
                changed('opinion');
              }}
            />
          )}
        </Field>
        <div className="jy-dialog-foot">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={transfer.busy || add.busy}>
            {t(`request.action.${act}`)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
