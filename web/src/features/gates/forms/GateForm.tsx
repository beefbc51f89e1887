import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EDITION_NOTE_LONGEST } from '../../../ui/editions/EditionDialogs';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { Panel } from '../../../ui/Panel';
import type { Edition, Meaning, Product, Rule } from '../gate-words';
import { SaveGateDraftMutation } from '../gates.gql';
import { GateRuleFields } from './GateRuleFields';
import { ProductFields } from './ProductFields';

/** The draft as its author changes it; what is still wrong with it keeps it from being published only. */
export function GateForm({ edition, meanings }: { edition: Edition; meanings: readonly Meaning[] }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const [note, setNote] = useState(edition.note);
  const [effectiveFrom, setEffectiveFrom] = useState(edition.effectiveFrom);
  const [rules, setRules] = useState<readonly Rule[]>(edition.rules);
  const [products, setProducts] = useState<readonly Product[]>(edition.products);
  const { errors, refusals, refuse, accept } = useFormErrors();
  const { send, busy } = useOutcome(SaveGateDraftMutation);
  const put = (next: readonly Rule[]) => {
    setRules(next);
    accept();
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const input = { id: edition.id, expectedVersion: edition.version, note: note.trim(), effectiveFrom };
    const { errors: refused } = await send({ ...input, rules: rules.map(withoutBlanks), products: [...products] });
    if (refused.length > 0) return refuse(refused);
    notice(t('gates.saved'));
  };

  return (
    <form className="jy-form jy-form-wide" noValidate onSubmit={(event) => void submit(event)}>
      <ErrorSummary errors={errors} refusals={refusals} />
      <Panel title={t('gates.draft')}>
        <div className="jy-fields-row">
          <Field field="note" label={t('gates.note')} errors={errors}>
            {(control) => (
              <Input
                {...control}
                maxLength={EDITION_NOTE_LONGEST}
                placeholder={t('gates.notePlaceholder')}
                value={note}
                onChange={(event) => setNote(event.target.value)}
              />
            )}
          </Field>
          <Field field="effectiveFrom" label={t('gates.effectiveFrom')} errors={errors}>
            {(control) => (
              <Input
                {...control}
                type="date"
                value={effectiveFrom}
                onChange={(event) => setEffectiveFrom(event.target.value)}
              />
            )}
          </Field>
        </div>
      </Panel>
      <Panel title={t('gates.rules')}>
        {rules.map((rule, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a rule is its place in the order; its key is being written.
          <details key={at} className="jy-gate-edit" open={rule.title.zh === ''}>
            <summary>
              {at + 1}. {rule.title.zh || rule.title.en || t('gates.rule', { number: at + 1 })}{' '}
              <span className="jy-quiet-text">{t(`gates.severities.${rule.severity}`)}</span>
            </summary>
            <GateRuleFields
              path={`rules.${at}`}
              rule={rule}
              meanings={meanings}
              errors={errors}
              onChange={(next) => put(rules.map((one, index) => (index === at ? next : one)))}
            />
            <Button
              aria-label={`${t('gates.remove')} ${t('gates.rule', { number: at + 1 })}`}
              icon={<DeleteOutlined aria-hidden />}
              onClick={() => put(rules.filter((_, index) => index !== at))}
            >
              {t('gates.remove')}
            </Button>
          </details>
        ))}
        <Button icon={<PlusOutlined aria-hidden />} onClick={() => put([...rules, newRule(rules.length + 1)])}>
          {t('gates.add')}
        </Button>
      </Panel>
      <ProductFields
        products={products}
        errors={errors}
        onChange={(next) => {
          setProducts(next);
          accept();
        }}
      />
      <div className="jy-form-foot">
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('gates.save')}
        </Button>
      </div>
    </form>
  );
}

/** A department that was not chosen is none, and none at all is every department. */
function withoutBlanks(rule: Rule): Rule {
  const ids = (rule.condition.departmentIds ?? []).filter((id) => id !== '');
  return { ...rule, condition: { ...rule.condition, departmentIds: ids.length > 0 ? ids : null } };
}

/** For every request, until somebody says for which. */
function newRule(number: number): Rule {
  return {
    key: `rule-${number}`,
    check: 'SYSTEM_OPEN',
    severity: 'WARN',
    title: { zh: '', en: '' },
    text: { zh: '', en: '' },
    linkTo: 'SYSTEM_PAGE',
    parameter: null,
    condition: {
      kinds: null,
      zones: null,
      protectionLevels: null,
      localModes: null,
      remoteModes: null,
      departmentLevels: null,
      departmentIds: null,
    },
  };
}
