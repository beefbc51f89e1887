import { Button } from 'antd';
import { type FormEvent, useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { routes } from '../../../lib/routes';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { Here } from '../../../ui/gates/here';
import { useNotice } from '../../../ui/notice';
import { useMay, useViewer } from '../../../ui/viewer-context';
import { AutosaveLine } from './AutosaveLine';
import { CheckAnswers } from './CheckAnswers';
import { LinesFields } from './LinesFields';
import { type Choices, fieldsOfLineChange, type LineDraft, withSuggestion } from './line-draft';
import { PreviewPanel } from './PreviewPanel';
import { contentOfDraft, fieldsOfChange, type RequestDraft } from './request-draft';
import { SendButton } from './SendButton';
import type { Suggestion } from './SuggestionList';
import { type Kept, useAutosave } from './use-autosave';
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
  /** The form as the server has it, where it goes on with one. */
  kept?: Kept | null;
  /** What the form could not take over from where it begins. */
  notes?: readonly string[];
  /** A new form is on the server now. */
  onKept?: (formId: string) => void;
};

/** The request form: one column beside a panel that calculates along, and the check of the answers before they are sent. */
export function RequestForm({
  choices,
  saved: savedBefore,
  keptAs = 'new',
  start,
  kept = null,
  notes = [],
  onKept,
}: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const notice = useNotice();
  const viewer = useViewer();
  const place = savedBefore ? `${savedBefore.id}.${savedBefore.version}` : keptAs;
  // What was typed over an older version of the form is not this form's.
  const [keptUnder] = useState(`jiyun.request.${viewer.id}.${place}${kept ? `.${kept.id}.${kept.version}` : ''}`);
  const { draft, touched, setDraft, drop, forget } = useKeptDraft(keptUnder, start);
  const [saved, setSaved] = useState(savedBefore);
  const told = useRef(kept?.id ?? null);
  const isOnServer = useCallback(
    (formId: string) => {
      drop();
      if (told.current !== formId) onKept?.(formId);
      told.current = formId;
    },
    [drop, onKept],
  );
  const autosave = useAutosave(draft, touched, { kept, saved, onKept: isOnServer });
  const { errors, refusals, refuse, changed, accept } = useFormErrors();
  const { save, busy } = useSaveDraft();
  const preview = usePreview(draft, choices, saved?.id ?? null);
  const steps = useSteps();
  const maySend = useMay()('REQUEST', 'SUBMIT');
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
    await autosave.hold();
    const answer = await save(content, saved, goal, saved ? null : autosave.formId);
    autosave.resume(answer.saved !== null && answer.saved.version !== saved?.version);
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
  /** The other window's content stands on the server; this one's copy would come before it. */
  const takeOther = () => {
    forget();
    window.location.reload();
  };
  const proceed = (event: FormEvent) => {
    event.preventDefault();
    if (checking) return void finish(maySend ? 'send' : 'save');
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
          {notes.length > 0 && !checking && (
            <section className="jy-begin-notes" aria-label={t('again.notes')}>
              <h2>{t('again.notes')}</h2>
              <ul>
                {notes.map((note) => (
                  <li key={note}>{note}</li>
                ))}
              </ul>
            </section>
          )}
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
            <SendButton checking={checking} busy={busy} />
            {checking && <Button onClick={() => edit('systemId')}>{t('requestCheck.back')}</Button>}
            <Button
              loading={busy === 'save'}
              disabled={busy !== null && busy !== 'save'}
              onClick={() => void finish('save')}
            >
              {t('requestForm.save')}
            </Button>
            <p className="jy-quiet-text">
              {t(!checking ? 'requestCheck.proceedText' : maySend ? 'requestForm.sendText' : 'requestForm.draftsOnly')}
            </p>
            <AutosaveLine autosave={autosave} onOther={takeOther} />
          </div>
        </div>
        <PreviewPanel draft={draft} choices={choices} state={preview} onTake={takeSuggestion} />
      </form>
    </Here>
  );
}
