import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons';
import { Button, Checkbox } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DrFenceProof } from '../../../graphql/enums';
import { ChoiceBox, NumberBox, ReasonBox, TextBox } from '../../../ui/forms/fields';
import { PageForm } from '../../../ui/forms/PageForm';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { EditRunbookMutation, type PlannedStep, type Runbook } from '../drexec.gql';
import { asKind, asProof, bareSteps, kindsOf } from '../planned-steps';
import { LinesBox } from './LinesBox';

const TITLE_LONGEST = 60;
const INSTRUCTION_LONGEST = 1_000;
const URL_LONGEST = 300;
const MINUTE = 60;
const PROOFS: DrFenceProof[] = ['MACHINES_GONE', 'NETWORK_FENCE', 'BMC_OFF', 'STATEMENT'];

const blank = (stage: PlannedStep['stage']): PlannedStep => ({
  ...{ stage, kind: 'MANUAL', action: 'INSTRUCTION', title: '', instruction: '', timeoutSeconds: 30 * MINUTE },
  ...{ retries: 0, needsEvidence: false, secondCheck: false },
  params: { proof: null, cidrs: [], fenceClass: null, hosts: [], url: null, order: [] },
});

/** A step has no name of its own while it is written: what is typed into it, and who is at it, moves with it. */
interface Row {
  readonly key: number;
  readonly step: PlannedStep;
}

/** Every save is another version, which nobody has verified. */
export function StepEditor({
  runbook,
  steps: before,
  onClose,
}: {
  runbook: Runbook;
  steps: readonly PlannedStep[];
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const form = useFormErrors();
  const [version] = useState(runbook.version);
  const [rows, setRows] = useState<readonly Row[]>(() => before.map((step, key) => ({ key, step })));
  const next = useRef(before.length);
  const steps = rows.map(({ step }) => step);
  const { send, busy } = useOutcome(EditRunbookMutation);
  const submit = async () => {
    const { data, errors } = await send({ id: runbook.id, expectedVersion: version, steps: bareSteps(steps) });
    if (!data) return form.refuse(errors);
    onClose();
  };
  const change = (at: number, values: Partial<PlannedStep>) =>
    setRows(rows.map((row, index) => (index === at ? { ...row, step: { ...row.step, ...values } } : row)));
  const swap = (at: number, other: number) => {
    const [one, two] = [rows[at], rows[other]];
    if (one && two) setRows(rows.map((row, index) => (index === at ? two : index === other ? one : row)));
  };
  const addAfter = (at: number, stage: PlannedStep['stage']) => {
    const row = { key: next.current, step: blank(stage) };
    next.current += 1;
    setRows([...rows.slice(0, at + 1), row, ...rows.slice(at + 1)]);
  };
  return (
    <PageForm
      errors={form.errors}
      refusals={form.refusals}
      busy={busy}
      submit={t('drexec.saveVersion')}
      onSubmit={async (event) => {
        event.preventDefault();
        await submit();
      }}
      onCancel={onClose}
    >
      <ol className="jy-drexec-steps">
        {rows.map(({ key, step }, at) => {
          const field = (name: string) => `steps.${at}.${name}`;
          const label = (text: string) => t('drexec.ofStep', { n: at + 1, text });
          const param = (values: Partial<PlannedStep['params']>) =>
            change(at, { params: { ...step.params, ...values } });
          return (
            <li key={key} className="jy-drexec-step jy-drexec-edited">
              <div className="jy-drexec-step-head">
                <strong className="jy-number">{at + 1}</strong>
                <span className="jy-quiet-text">
                  {t(`drexec.stage.${step.stage}`)} · {t(`drexec.action.${step.action}`)}
                </span>
                <Button
                  size="small"
                  icon={<ArrowUpOutlined aria-hidden />}
                  aria-label={label(t('drexec.up'))}
                  disabled={at === 0}
                  onClick={() => swap(at, at - 1)}
                />
                <Button
                  size="small"
                  icon={<ArrowDownOutlined aria-hidden />}
                  aria-label={label(t('drexec.down'))}
                  disabled={at === rows.length - 1}
                  onClick={() => swap(at, at + 1)}
                />
                <Button
                  size="small"
                  icon={<DeleteOutlined aria-hidden />}
                  aria-label={label(t('drexec.remove'))}
                  disabled={rows.length === 1}
                  onClick={() => setRows(rows.filter((row) => row.key !== key))}
                />
                <Button size="small" aria-label={label(t('drexec.addAfter'))} onClick={() => addAfter(at, step.stage)}>
                  {t('drexec.addAfter')}
                </Button>
              </div>
              <div className="jy-drexec-fields">
                <TextBox
                  field={field('title')}
                  label={t('drexec.stepTitle')}
                  errors={form.errors}
                  max={TITLE_LONGEST}
                  value={step.title}
                  onChange={(title) => change(at, { title })}
                />
                <ChoiceBox
                  field={field('kind')}
                  label={t('drexec.stepKindLabel')}
                  errors={form.errors}
                  value={step.kind}
                  options={kindsOf(step.action).map((value) => ({ value, label: t(`drexec.stepKind.${value}`) }))}
                  onChange={(kind) => change(at, asKind(step, kind))}
                />
                <NumberBox
                  field={field('timeoutSeconds')}
                  label={t('drexec.timeout')}
                  errors={form.errors}
                  decimals
                  suffix={t('dr.minutes')}
                  value={step.timeoutSeconds / MINUTE}
                  onChange={(minutes) => change(at, { timeoutSeconds: Math.round((minutes ?? 0) * MINUTE) })}
                />
                <NumberBox
                  field={field('retries')}
                  label={t('drexec.retries')}
                  errors={form.errors}
                  value={step.retries}
                  onChange={(retries) => change(at, { retries: retries ?? 0 })}
                />
                {step.action === 'PROVE_FENCE' && (
                  <ChoiceBox
                    field={field('params.proof')}
                    label={t('drexec.proofLabel')}
                    errors={form.errors}
                    value={step.params.proof ?? 'MACHINES_GONE'}
                    options={PROOFS.map((value) => ({ value, label: t(`drexec.proof.${value}`) }))}
                    onChange={(proof) => change(at, asProof(step, proof))}
                  />
                )}
                {step.params.proof === 'NETWORK_FENCE' && (
                  <>
                    <TextBox
                      field={field('params.fenceClass')}
                      label={t('drexec.fenceClass')}
                      errors={form.errors}
                      max={URL_LONGEST}
                      value={step.params.fenceClass ?? ''}
                      onChange={(fenceClass) => param({ fenceClass })}
                    />
                    <LinesBox
                      field={field('params.cidrs')}
                      label={t('drexec.cidrs')}
                      errors={form.errors}
                      lines={step.params.cidrs}
                      onChange={(cidrs) => param({ cidrs })}
                    />
                  </>
                )}
                {step.params.proof === 'BMC_OFF' && (
                  <LinesBox
                    field={field('params.hosts')}
                    label={t('drexec.hosts')}
                    errors={form.errors}
                    lines={step.params.hosts}
                    onChange={(hosts) => param({ hosts })}
                  />
                )}
                {step.kind === 'AUTOMATIC' && (step.action === 'PROBE' || step.action === 'SWITCH_TRAFFIC') && (
                  <TextBox
                    field={field('params.url')}
                    label={t('drexec.url')}
                    errors={form.errors}
                    max={URL_LONGEST}
                    value={step.params.url ?? ''}
                    onChange={(url) => param({ url })}
                  />
                )}
                {step.action === 'START_TARGET' && (
                  <LinesBox
                    field={field('params.order')}
                    label={t('drexec.order')}
                    errors={form.errors}
                    lines={step.params.order}
                    onChange={(order) => param({ order })}
                  />
                )}
                <div className="jy-drexec-whole">
                  <ReasonBox
                    field={field('instruction')}
                    label={t('drexec.instruction')}
                    errors={form.errors}
                    rows={2}
                    max={INSTRUCTION_LONGEST}
                    value={step.instruction}
                    onChange={(instruction) => change(at, { instruction })}
                  />
                </div>
                {step.kind === 'MANUAL' && (
                  <div>
                    <Checkbox
                      checked={step.needsEvidence}
                      onChange={(event) => change(at, { needsEvidence: event.target.checked })}
                    >
                      {t('drexec.needsEvidence')}
                    </Checkbox>
                    <Checkbox
                      checked={step.secondCheck}
                      onChange={(event) => change(at, { secondCheck: event.target.checked })}
                    >
                      {t('drexec.secondCheck')}
                    </Checkbox>
                  </div>
                )}
              </div>
            </li>
          );
        })}
      </ol>
    </PageForm>
  );
}
