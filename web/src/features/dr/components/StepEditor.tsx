import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DrFenceProof, DrStepKind } from '../../../graphql/enums';
import { ChoiceBox, NumberBox, ReasonBox, TextBox } from '../../../ui/forms/fields';
import { PageForm } from '../../../ui/forms/PageForm';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { EditRunbookMutation, type PlannedStep, type Runbook } from '../drexec.gql';
import { bareSteps } from '../planned-steps';

const TITLE_LONGEST = 60;
const INSTRUCTION_LONGEST = 1_000;
const URL_LONGEST = 300;
const MINUTE = 60;
const KINDS: DrStepKind[] = ['AUTOMATIC', 'MANUAL', 'DECISION'];
const PROOFS: DrFenceProof[] = ['MACHINES_GONE', 'NETWORK_FENCE', 'BMC_OFF', 'STATEMENT'];

const blank = (stage: PlannedStep['stage']): PlannedStep => ({
  ...{ stage, kind: 'MANUAL', action: 'INSTRUCTION', title: '', instruction: '', timeoutSeconds: 30 * MINUTE },
  ...{ retries: 0, needsEvidence: false, secondCheck: false },
  params: { proof: null, cidrs: [], fenceClass: null, hosts: [], url: null, order: [] },
});

const lines = (text: string) =>
  text
    .split('\n')
    .map((one) => one.trim())
    .filter(Boolean);

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
  const [steps, setSteps] = useState<readonly PlannedStep[]>(before);
  const { send, busy } = useOutcome(EditRunbookMutation);
  const submit = async () => {
    const { data, errors } = await send({ id: runbook.id, expectedVersion: version, steps: bareSteps(steps) });
    if (!data) return form.refuse(errors);
    onClose();
  };
  const change = (at: number, values: Partial<PlannedStep>) =>
    setSteps(steps.map((step, index) => (index === at ? { ...step, ...values } : step)));
  const swap = (at: number, other: number) => {
    const [one, two] = [steps[at], steps[other]];
    if (one && two) setSteps(steps.map((step, index) => (index === at ? two : index === other ? one : step)));
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
        {steps.map((step, at) => {
          const field = (name: string) => `steps.${at}.${name}`;
          const label = (text: string) => t('drexec.ofStep', { n: at + 1, text });
          const param = (values: Partial<PlannedStep['params']>) =>
            change(at, { params: { ...step.params, ...values } });
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a step has no name of its own but its place.
            <li key={at} className="jy-drexec-step">
              <div className="jy-drexec-step-head">
                <strong className="jy-number">{at + 1}</strong>
                <span className="jy-quiet-text">
                  {t(`drexec.stage.${step.stage}`)} · {t(`drexec.action.${step.action}`)}
                </span>
                <Button
                  size="small"
                  icon={<ArrowUpOutlined aria-hidden />}
                  aria-label={label(t('drexec.up'))}
                  onClick={() => swap(at, at - 1)}
                />
                <Button
                  size="small"
                  icon={<ArrowDownOutlined aria-hidden />}
                  aria-label={label(t('drexec.down'))}
                  onClick={() => swap(at, at + 1)}
                />
                <Button
                  size="small"
                  icon={<DeleteOutlined aria-hidden />}
                  aria-label={label(t('drexec.remove'))}
                  onClick={() => setSteps(steps.filter((_, index) => index !== at))}
                />
                <Button
                  size="small"
                  onClick={() => setSteps([...steps.slice(0, at + 1), blank(step.stage), ...steps.slice(at + 1)])}
                >
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
                  options={KINDS.map((value) => ({ value, label: t(`drexec.stepKind.${value}`) }))}
                  onChange={(kind) => change(at, { kind })}
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
                    onChange={(proof) => param({ proof })}
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
                    <ReasonBox
                      field={field('params.cidrs')}
                      label={t('drexec.cidrs')}
                      errors={form.errors}
                      max={INSTRUCTION_LONGEST}
                      value={step.params.cidrs.join('\n')}
                      onChange={(text) => param({ cidrs: lines(text) })}
                    />
                  </>
                )}
                {step.params.proof === 'BMC_OFF' && (
                  <ReasonBox
                    field={field('params.hosts')}
                    label={t('drexec.hosts')}
                    errors={form.errors}
                    max={INSTRUCTION_LONGEST}
                    value={step.params.hosts.join('\n')}
                    onChange={(text) => param({ hosts: lines(text) })}
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
                  <ReasonBox
                    field={field('params.order')}
                    label={t('drexec.order')}
                    errors={form.errors}
                    max={INSTRUCTION_LONGEST}
                    value={step.params.order.join('\n')}
                    onChange={(text) => param({ order: lines(text) })}
                  />
                )}
                <ReasonBox
                  field={field('instruction')}
                  label={t('drexec.instruction')}
                  errors={form.errors}
                  rows={2}
                  max={INSTRUCTION_LONGEST}
                  value={step.instruction}
                  onChange={(instruction) => change(at, { instruction })}
                />
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
