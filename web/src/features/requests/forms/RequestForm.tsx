import { PlusOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { routes } from '../../../lib/routes';
import { uniqueId } from '../../../lib/unique-id';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { Here } from '../../../ui/gates/here';
import { useNotice } from '../../../ui/notice';
import { useViewer } from '../../../ui/viewer-context';
import { LineFields } from './LineFields';
import { PreviewPanel } from './PreviewPanel';
import {
  type Choices,
  type ChosenSystem,
  contentOfDraft,
  fieldsOfChange,
  fieldsOfLineChange,
  type LineDraft,
  newLine,
  type RequestDraft,
  withSuggestion,
} from './request-draft';
import type { Suggestion } from './SuggestionList';
import { SystemPicker } from './SystemPicker';
import { TermField } from './TermField';
import { useKeptDraft } from './use-kept-draft';
import { usePreview } from './use-preview';
import { type Goal, type Saved, useSaveDraft } from './use-save-draft';
import { PURPOSE_LONGEST, validateDraft } from './validate-draft';

type Props = {
  choices: Choices;
  /** The saved draft that is being edited; null = a new request. */
  saved: Saved | null;
  start: () => RequestDraft;
};

/** The request form: one column beside a panel that calculates along. */
export function RequestForm({ choices, saved: savedBefore, start }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const notice = useNotice();
  const viewer = useViewer();
  const keptUnder = `jiyun.request.${viewer.id}.${savedBefore ? `${savedBefore.id}.${savedBefore.version}` : 'new'}`;
  const { draft, setDraft, forget } = useKeptDraft(keptUnder, start);
  const [saved, setSaved] = useState(savedBefore);
  const { errors, refusals, refuse, changed, accept } = useFormErrors();
  const { save, busy } = useSaveDraft();
  const preview = usePreview(draft, saved?.id ?? null);

  const change = (patch: Partial<RequestDraft>) => {
    setDraft((now) => ({ ...now, ...patch }));
    changed(...fieldsOfChange(patch));
  };
  const changeLine = (before: LineDraft, next: LineDraft, number: number) => {
    setDraft((now) => ({ ...now, lines: now.lines.map((other) => (other.key === next.key ? next : other)) }));
    changed(...fieldsOfLineChange(before, next, number));
  };
  /** Lines come or go: numbers in what was said of them no longer fit. */
  const changeLines = (lines: (now: LineDraft[]) => LineDraft[]) => {
    setDraft((now) => ({ ...now, lines: lines(now.lines) }));
    accept();
  };
  const takeSuggestion = (number: number, suggestion: Suggestion) => {
    const line = draft.lines[number];
    if (line) changeLine(line, withSuggestion(line, suggestion), number);
  };
  const chooseSystem = (system: ChosenSystem) =>
    change({ system, projectId: system.projects.length === 1 ? (system.projects[0]?.id ?? null) : null });

  const finish = async (goal: Goal) => {
    const wrong = validateDraft(draft, choices, t);
    const content = contentOfDraft(draft);
    if (wrong.length > 0 || !content) return refuse(wrong);
    const answer = await save(content, saved, goal);
    setSaved(answer.saved);
    // From here on the server keeps it; a copy left under "new" would become a second draft.
    if (answer.saved) forget();
    if (answer.errors.length > 0) return refuse(answer.errors);
    if (!answer.saved) return;
    accept();
    notice(t(`requestForm.done.${goal}`));
    // After the first save the address is the draft's own, so that a reload finds it.
    if (goal !== 'save') void navigate(routes.request(answer.saved.id));
    else if (!savedBefore) void navigate(routes.editRequest(answer.saved.id), { replace: true });
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    void finish('send');
  };

  return (
    <Here value={saved && !savedBefore ? routes.editRequest(saved.id) : null}>
      <form className="jy-request-form" noValidate onSubmit={send}>
        <div className="jy-form">
          <ErrorSummary errors={errors} refusals={refusals} />
          <section className="jy-panel" aria-labelledby="request-what-for">
            <h2 id="request-what-for">{t('requestForm.whatFor')}</h2>
            <Field field="systemId" label={t('request.system')} hint={t('requestForm.systemHint')} errors={errors}>
              {(control) => <SystemPicker control={control} value={draft.system} onChoose={chooseSystem} />}
            </Field>
            <Field field="projectId" label={t('request.project')} hint={t('requestForm.projectHint')} errors={errors}>
              {(control) => (
                <Select
                  {...control}
                  className="jy-full"
                  disabled={!draft.system}
                  placeholder={t('requestForm.projectPlaceholder')}
                  notFoundContent={t('requestForm.projectNone')}
                  value={draft.projectId}
                  onChange={(projectId: string) => change({ projectId })}
                  options={draft.system?.projects.map((project) => ({
                    value: project.id,
                    label: `${project.name} · ${t('request.fundingText', { year: project.budgetYear, source: project.fundSource })}`,
                  }))}
                />
              )}
            </Field>
            <Field field="purpose" label={t('request.purpose')} hint={t('requestForm.purposeHint')} errors={errors}>
              {(control) => (
                <Input.TextArea
                  {...control}
                  rows={3}
                  maxLength={PURPOSE_LONGEST}
                  showCount
                  value={draft.purpose}
                  onChange={(event) => change({ purpose: event.target.value })}
                />
              )}
            </Field>
            <TermField
              value={draft.temporaryUntil ?? null}
              errors={errors}
              onChange={(temporaryUntil) => change({ temporaryUntil })}
            />
          </section>
          <section className="jy-panel" aria-labelledby="request-lines" id="field-lines" tabIndex={-1}>
            <h2 id="request-lines">{t('request.lines')}</h2>
            {draft.lines.map((line, number) => (
              <LineFields
                key={line.key}
                line={line}
                number={number}
                lines={draft.lines}
                choices={choices}
                errors={errors}
                onChange={(next) => changeLine(line, next, number)}
                onCopy={() =>
                  changeLines((now) => [...now, { ...line, key: uniqueId(), name: newLine(choices, now).name }])
                }
                onRemove={
                  draft.lines.length > 1
                    ? () => changeLines((now) => now.filter((other) => other.key !== line.key))
                    : null
                }
              />
            ))}
            <Button
              icon={<PlusOutlined aria-hidden />}
              onClick={() => changeLines((now) => [...now, newLine(choices, now)])}
            >
              {t('requestForm.addLine')}
            </Button>
          </section>
          <div className="jy-form-foot">
            <Button type="primary" htmlType="submit" loading={busy === 'send'} disabled={busy === 'save'}>
              {t('request.action.SEND_FOR_SIGN_OFF')}
            </Button>
            <Button
              loading={busy === 'save'}
              disabled={busy !== null && busy !== 'save'}
              onClick={() => void finish('save')}
            >
              {t('requestForm.save')}
            </Button>
            <p className="jy-quiet-text">{t('requestForm.sendText')}</p>
          </div>
        </div>
        <PreviewPanel draft={draft} state={preview} onTake={takeSuggestion} />
      </form>
    </Here>
  );
}
