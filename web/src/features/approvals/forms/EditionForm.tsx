import { PlusOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EDITION_NOTE_LONGEST } from '../../../ui/editions/EditionDialogs';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import type { FormError } from '../../../ui/forms/form-errors';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { Panel } from '../../../ui/Panel';
import { SaveChainDraftMutation } from '../approvals.gql';
import type { Edition } from '../chain-words';
import {
  type ChainDraft,
  draftOf,
  type EditionDraft,
  freeKey,
  inputOf,
  moved,
  newRule,
  newStep,
  wrongAmounts,
} from './edition-draft';
import { PartTools } from './PartTools';
import { RuleFields } from './RuleFields';
import { StepFields } from './StepFields';
import { TitleFields } from './TitleFields';

/** The draft as its author changes it; what is still wrong with it is said beside and keeps it from being published only. */
export function EditionForm({ edition }: { edition: Edition }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const [draft, setDraft] = useState<EditionDraft>(() => draftOf(edition));
  const { errors, refusals, refuse, accept } = useFormErrors();
  const { send, busy } = useOutcome(SaveChainDraftMutation);
  const put = (patch: Partial<EditionDraft>) => {
    setDraft((now) => ({ ...now, ...patch }));
    accept();
  };
  const { note, rules, chains } = draft;
  const replaced = <T,>(list: readonly T[], at: number, one: T): T[] =>
    list.map((other, index) => (index === at ? one : other));
  const without = <T,>(list: readonly T[], at: number): T[] => list.filter((_, index) => index !== at);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const wrong = wrongAmounts(draft, t('chains.amountWrong'));
    if (wrong.length > 0) return refuse(wrong);
    const input = { id: edition.id, expectedVersion: edition.version, ...inputOf(draft) };
    const { errors: refused } = await send(input);
    if (refused.length > 0) return refuse(refused);
    notice(t('chains.saved'));
  };

  return (
    <form className="jy-form" noValidate onSubmit={(event) => void submit(event)}>
      <ErrorSummary errors={errors} refusals={refusals} />
      <Panel title={t('chains.note')}>
        <Field field="note" label={t('chains.note')} errors={errors}>
          {(control) => (
            <Input
              {...control}
              maxLength={EDITION_NOTE_LONGEST}
              placeholder={t('chains.notePlaceholder')}
              value={note}
              onChange={(event) => put({ note: event.target.value })}
            />
          )}
        </Field>
      </Panel>
      <Panel title={t('chains.rules')}>
        {rules.map((rule, at) => (
          <fieldset key={rule.id} className="jy-chain-edit">
            <legend>{t('chains.rule', { number: at + 1 })}</legend>
            <PartTools
              what={t('chains.rule', { number: at + 1 })}
              at={at}
              of={rules.length}
              onMove={(by) => put({ rules: moved(rules, at, by) })}
              onRemove={() => put({ rules: without(rules, at) })}
            />
            <RuleFields
              path={`rules.${at}`}
              rule={rule}
              chains={chains}
              errors={errors}
              onChange={(next) => put({ rules: replaced(rules, at, next) })}
            />
          </fieldset>
        ))}
        <Button
          icon={<PlusOutlined aria-hidden />}
          onClick={() => put({ rules: [newRule(rules, chains[0]?.key ?? ''), ...rules] })}
        >
          {t('chains.addRule')}
        </Button>
      </Panel>
      <Panel title={t('chains.title')}>
        {chains.map((chain, at) => (
          <ChainFields
            key={chain.key}
            number={at}
            of={chains.length}
            chain={chain}
            errors={errors}
            onChange={(next) => put({ chains: replaced(chains, at, next) })}
            onMove={(by) => put({ chains: moved(chains, at, by) })}
            onRemove={() => put({ chains: without(chains, at) })}
          />
        ))}
        <Button
          icon={<PlusOutlined aria-hidden />}
          onClick={() => {
            const key = freeKey(
              'chain',
              chains.map((chain) => chain.key),
            );
            put({ chains: [...chains, { key, title: { zh: '', en: '' }, steps: [newStep([])] }] });
          }}
        >
          {t('chains.addChain')}
        </Button>
      </Panel>
      <div className="jy-form-foot">
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('chains.save')}
        </Button>
      </div>
    </form>
  );
}

type ChainProps = {
  number: number;
  of: number;
  chain: ChainDraft;
  errors: readonly FormError[];
  onChange: (chain: ChainDraft) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
};

function ChainFields({ number, of, chain, errors, onChange, onMove, onRemove }: ChainProps) {
  const { t } = useTranslation();
  const path = `chains.${number}`;
  const { steps } = chain;
  const what = t('chains.chain', { number: number + 1 });
  return (
    <fieldset className="jy-chain-edit">
      <legend>{what}</legend>
      <PartTools what={what} at={number} of={of} onMove={onMove} onRemove={onRemove} />
      <div className="jy-fields-row">
        <TitleFields
          path={path}
          value={chain.title}
          errors={errors}
          onChange={(title) => onChange({ ...chain, title })}
        />
      </div>
      {steps.map((step, at) => {
        const name = `${what} ${t('chains.step', { number: at + 1 })}`;
        return (
          <fieldset key={step.key} className="jy-chain-edit">
            <legend>{t('chains.step', { number: at + 1 })}</legend>
            <PartTools
              what={name}
              at={at}
              of={steps.length}
              onMove={(by) => onChange({ ...chain, steps: moved(steps, at, by) })}
              onRemove={() => onChange({ ...chain, steps: steps.filter((_, index) => index !== at) })}
            />
            <StepFields
              path={`${path}.steps.${at}`}
              step={step}
              errors={errors}
              onChange={(next) => onChange({ ...chain, steps: steps.map((one, index) => (index === at ? next : one)) })}
            />
          </fieldset>
        );
      })}
      <Button
        icon={<PlusOutlined aria-hidden />}
        onClick={() => onChange({ ...chain, steps: [...steps, newStep(steps.map(({ key }) => key))] })}
      >
        {t('chains.addStep')}
      </Button>
    </fieldset>
  );
}
