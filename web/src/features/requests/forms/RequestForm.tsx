import { Button } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { routes } from '../../../lib/routes';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { Here } from '../../../ui/gates/here';
import { useNotice } from '../../../ui/notice';
import { useViewer } from '../../../ui/viewer-context';
import { CheckAnswers } from './CheckAnswers';
import { LinesFields } from './LinesFields';
import { type Choices, fieldsOfLineChange, type LineDraft, withSuggestion } from './line-draft';
import { PreviewPanel } from './PreviewPanel';
import { contentOfDraft, fieldsOfChange, type RequestDraft } from './request-draft';
import type { Suggestion } from './SuggestionList';
import { useKeptDraft } from './use-kept-draft';
import { usePreview } from './use-preview';
import { type Goal, type Saved, useSaveDraft } from './use-save-draft';
import { useSteps } from './use-steps';
import { validateDraft } from './validate-draft';
import { WhatForFields } from './WhatForFields';

type Props = {
  choices: Choices;
  /** The saved draft that is being edited; null = a new request. */
  saved: Saved | null;
  /** Tells one new request from another that was begun before; the draft is kept under it. */
  keptAs?: string;
  start: () => RequestDraft;
};

/** The request form: one column beside a panel that calculates along, and the check of the answers before they are sent. */
export function RequestForm({ choices, saved: savedBefore, keptAs = 'new', start }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const notice = useNotice();
  const viewer = useViewer();
  const keptUnder = `jiyun.request.${viewer.id}.${savedBefore ? `${savedBefore.id}.${savedBefore.version}` : keptAs}`;
  const { draft, setDraft, forget } = useKeptDraft(keptUnder, start);
  const [saved, setSaved] = useState(savedBefore);
  const { errors, refusals, refuse, changed, accept } = useFormErrors();
  const { save, busy } = useSaveDraft();
  const preview = usePreview(draft, saved?.id ?? null);
  const steps = useSteps();
  const { check, edit } = steps;
  // An address that was kept from before leads to the fields that are still empty.
  const checking = steps.checking && contentOfDraft(draft) !== null;
  const [startsAtPurpose] = useState(() => Boolean(draft.system && draft.projectId && !draft.purpose));

  const change = (patch: Partial<RequestDraft>) => {
    setDraft((now) => ({ ...now, ...patch }));
    changed(...fieldsOfChange(patch));
  };
  const changeLine = (before: LineDraft, next: LineDraft, number: number) => {
    setDraft((now) => ({ ...now, lines: now.lines.map((other) => (other.key === next.key ? next : other)) }));
    changed(...fieldsOfLineChange(before, next, number));
  };
  const takeSuggestion = (number: number, suggestion: Suggestion) => {
    const line = draft.lines[number];
    if (line) changeLine(line, withSuggestion(line, suggestion), number);
  };
  /** Lines come or go: numbers in what was said of them no longer fit. */
  const changeLines = (lines: (now: LineDraft[]) => LineDraft[]) => {
    setDraft((now) => ({ ...now, lines: lines(now.lines) }));
    accept();
  };

  const finish = async (goal: Goal) => {
    const wrong = validateDraft(draft, choices, t);
    const content = contentOfDraft(draft);
    if (wrong.length > 0 || !content) {
      edit('');
      return refuse(wrong);
    }
    const answer = await save(content, saved, goal);
    setSaved(answer.saved);
    // From here on the server keeps it; a copy left under "new" would become a second draft.
    if (answer.saved) forget();
    if (answer.errors.length > 0) {
      // What can be put right in a field is put right there.
      if (answer.errors.some(({ field }) => field !== '')) edit('');
      return refuse(answer.errors);
    }
    if (!answer.saved) return;
    accept();
    notice(t(`requestForm.done.${goal}`));
    // After the first save the address is the draft's own, so that a reload finds it.
    if (goal !== 'save') void navigate(routes.request(answer.saved.id));
    else if (!savedBefore) void navigate(routes.editRequest(answer.saved.id), { replace: true });
  };
  const proceed = (event: FormEvent) => {
    event.preventDefault();
    if (checking) return void finish('send');
    const wrong = validateDraft(draft, choices, t);
    if (wrong.length > 0) return refuse(wrong);
    accept();
    check();
  };

  return (
    <Here value={saved && !savedBefore ? routes.editRequest(saved.id) : null}>
      <form className="jy-request-form" noValidate onSubmit={proceed}>
        <div className="jy-form">
          <ErrorSummary errors={errors} refusals={refusals} />
          {checking ? (
            <CheckAnswers draft={draft} choices={choices} preview={preview.preview} onEdit={edit} />
          ) : (
            <>
              <WhatForFields draft={draft} errors={errors} startAtPurpose={startsAtPurpose} onChange={change} />
              <LinesFields
                draft={draft}
                choices={choices}
                errors={errors}
                onChangeLine={changeLine}
                onChangeLines={changeLines}
              />
            </>
          )}
          <div className="jy-form-foot">
            <Button type="primary" htmlType="submit" loading={busy === 'send'} disabled={busy === 'save'}>
              {t(checking ? 'request.action.SEND_FOR_SIGN_OFF' : 'requestCheck.proceed')}
            </Button>
            {checking && <Button onClick={() => edit('systemId')}>{t('requestCheck.back')}</Button>}
            <Button
              loading={busy === 'save'}
              disabled={busy !== null && busy !== 'save'}
              onClick={() => void finish('save')}
            >
              {t('requestForm.save')}
            </Button>
            <p className="jy-quiet-text">{t(checking ? 'requestForm.sendText' : 'requestCheck.proceedText')}</p>
          </div>
        </div>
        <PreviewPanel draft={draft} state={preview} onTake={takeSuggestion} />
      </form>
    </Here>
  );
}
