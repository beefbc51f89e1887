import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { routes } from '../../../lib/routes';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import type { FormError } from '../../../ui/forms/form-errors';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useNotice } from '../../../ui/notice';
import { useMay } from '../../../ui/viewer-context';
import { ChangeAnswers } from './ChangeAnswers';
import { ChangeGroupFields } from './ChangeGroupFields';
import { ChangePreviewPanel } from './ChangePreviewPanel';
import { ChangeServiceFields } from './ChangeServiceFields';
import { ChangeThingsFields } from './ChangeThingsFields';
import {
  atGroups,
  type ChangeDraft,
  type ChangeGroup,
  type ChangeService,
  type ChangeThings,
  changesCompute,
  contentOfChange,
  type GroupDraft,
  type ServiceWish,
  type ThingsDraft,
} from './change-draft';
import type { Choices } from './line-draft';
import { ResizeConsent } from './ResizeConsent';
import { resizeWays } from './resize-ways';
import { SendButton } from './SendButton';
import { usePreviewChange } from './use-preview-change';
import { useSaveChange } from './use-save-change';
import type { Goal, Saved } from './use-save-draft';
import { useSteps } from './use-steps';

/** The API's own limit. */
const PURPOSE_LONGEST = 500;

type Props = {
  groups: readonly ChangeGroup[];
  services: readonly ChangeService[];
  things: readonly ChangeThings[];
  choices: Choices;
  /** The saved draft that is being edited; null = a new one. */
  saved: Saved | null;
  start: () => ChangeDraft;
};

/** The form of a change: per machine what it is and what it shall be, beside a panel that calculates along; then the check before it is sent. */
export function ChangeForm({ groups, services, things, choices, saved: savedBefore, start }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const notice = useNotice();
  const [draft, setDraft] = useState(start);
  const [saved, setSaved] = useState(savedBefore);
  const { errors, refusals, refuse, changed, accept } = useFormErrors();
  const { save, busy } = useSaveChange();
  const steps = useSteps();
  const maySend = useMay()('REQUEST', 'SUBMIT');
  const { content, numbers } = contentOfChange(groups, services, things, draft, choices);
  const preview = usePreviewChange(content, saved?.id ?? null);
  const ways = resizeWays(changesCompute(groups, draft, choices), preview);
  const restart = ways !== null && ways.restartCount > 0;
  const nothing = content.lines.length === 0;
  const checking = steps.checking && !nothing && draft.purpose.trim() !== '';

  const change = (patch: Partial<ChangeDraft>) => {
    setDraft((now) => ({ ...now, ...patch }));
    changed(...Object.keys(patch));
  };
  const changeGroup = (number: number, next: GroupDraft) => {
    setDraft((now) => ({ ...now, groups: now.groups.map((other, at) => (at === number ? next : other)) }));
    changed(
      `groups.${number}`,
      ...['offerId', 'diskGib', 'localMode', 'remoteMode', 'centerId', 'resourceIds'].map(
        (one) => `groups.${number}.${one}`,
      ),
    );
  };
  const changeService = (at: number, next: ServiceWish) => {
    setDraft((now) => ({ ...now, services: now.services.map((other, one) => (one === at ? next : other)) }));
    const number = groups.length + at;
    changed(
      `groups.${number}`,
      `groups.${number}.count`,
      ...Object.keys(next.answers).map((key) => `groups.${number}.answers.${key}`),
    );
  };
  const changeThings = (at: number, next: ThingsDraft) => {
    setDraft((now) => ({ ...now, things: now.things.map((other, one) => (one === at ? next : other)) }));
    const number = groups.length + services.length + at;
    changed(`groups.${number}`, ...Object.keys(next).map((key) => `groups.${number}.${key}`));
  };
  const missing = (goal: Goal): FormError[] => [
    ...(nothing ? [{ field: '', message: t('change.nothing') }] : []),
    ...(draft.purpose.trim() ? [] : [{ field: 'purpose', message: t('change.purposeMissing') }]),
    ...(goal === 'send' && restart && !draft.restartAgreed
      ? [{ field: 'restartAgreed', message: t('change.restartMissing') }]
      : []),
  ];
  const finish = async (goal: Goal) => {
    const wrong = missing(goal);
    if (wrong.length > 0) {
      steps.edit('');
      return refuse(wrong);
    }
    // Agreed is what was asked: a tick that is no longer shown agrees to nothing.
    const agreed = { ...content, restartAgreed: restart && content.restartAgreed };
    const answer = await save(agreed, saved, goal);
    setSaved(answer.saved);
    if (answer.errors.length > 0) {
      const placed = atGroups(answer.errors, numbers);
      if (placed.some(({ field }) => field !== '')) steps.edit('');
      return refuse(placed);
    }
    if (!answer.saved) return;
    accept();
    notice(t(`requestForm.done.${goal}`));
    if (goal === 'send') void navigate(routes.request(answer.saved.id));
    else if (!savedBefore) void navigate(routes.editChange(answer.saved.id), { replace: true });
  };
  const proceed = (event: FormEvent) => {
    event.preventDefault();
    if (checking) return void finish(maySend ? 'send' : 'save');
    const wrong = missing('send');
    if (wrong.length > 0) return refuse(wrong);
    accept();
    steps.check();
  };

  const names = [...groups.map(({ name }) => name), ...[...services, ...things].map(({ line }) => line.name)];

  return (
    <form className="jy-request-form" noValidate onSubmit={proceed}>
      <div className="jy-form">
        <ErrorSummary errors={errors} refusals={refusals} />
        {checking ? (
          <ChangeAnswers
            groups={groups}
            services={services}
            things={things}
            draft={draft}
            choices={choices}
            ways={ways}
            numbers={numbers}
            preview={preview.preview}
            onEdit={steps.edit}
          />
        ) : (
          <>
            {groups.map((group, number) => (
              <ChangeGroupFields
                key={group.resources[0]?.id ?? group.name}
                group={group}
                wished={draft.groups[number] as GroupDraft}
                number={number}
                choices={choices}
                errors={errors}
                onChange={(next) => changeGroup(number, next)}
              />
            ))}
            {services.map((service, at) => (
              <ChangeServiceFields
                key={service.id}
                service={service}
                wished={draft.services[at] as ServiceWish}
                number={groups.length + at}
                choices={choices}
                errors={errors}
                onChange={(next) => changeService(at, next)}
              />
            ))}
            {things.map((thing, at) => (
              <ChangeThingsFields
                key={thing.id}
                things={thing}
                wished={draft.things[at] as ThingsDraft}
                number={groups.length + services.length + at}
                choices={choices}
                errors={errors}
                onChange={(next) => changeThings(at, next)}
              />
            ))}
            <section className="jy-panel" aria-labelledby="change-why">
              <h2 id="change-why">{t('change.why')}</h2>
              <Field field="purpose" label={t('change.purpose')} hint={t('change.purposeHint')} errors={errors}>
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
              {ways && (
                <ResizeConsent
                  ways={ways}
                  agreed={draft.restartAgreed}
                  errors={errors}
                  onChange={(restartAgreed) => change({ restartAgreed })}
                />
              )}
            </section>
          </>
        )}
        <div className="jy-form-foot">
          <SendButton checking={checking} busy={busy} />
          {checking && <Button onClick={() => steps.edit('purpose')}>{t('requestCheck.back')}</Button>}
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
        </div>
      </div>
      <ChangePreviewPanel state={preview} nothing={nothing} names={numbers.map((at) => names[at] ?? '')} />
    </form>
  );
}
