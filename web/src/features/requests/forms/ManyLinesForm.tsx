import { Button } from 'antd';
import { type FormEvent, useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useSend } from '../../../ui/forms/use-send';
import { useNotice } from '../../../ui/notice';
import { useViewer } from '../../../ui/viewer-context';
import { type KeptForm, type RequestContent, SystemOption, UpdateHeadMutation } from '../request-form.gql';
import { useAct } from '../use-act';
import { AutosaveLine } from './AutosaveLine';
import { HeadModes } from './HeadModes';
import { headInput, headOfContent } from './head-draft';
import { ManyLines } from './ManyLines';
import { ManyLinesPreview } from './ManyLinesPreview';
import { fieldsOfChange, type RequestDraft } from './request-draft';
import { useAutosave } from './use-autosave';
import { parseHead, useKeptDraft } from './use-kept-draft';
import { validateHead } from './validate-draft';
import { WhatForFields } from './WhatForFields';

type Props = {
  content: ResultOf<typeof RequestContent>;
  /** What was typed beside this version of the draft. */
  kept: ResultOf<typeof KeptForm> | null;
  onChanged: () => void;
};

/** A draft of more lines than a form holds: what it is for as in every form, the lines as tables, what it costs beside. */
export function ManyLinesForm({ content, kept, onChanged }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const notice = useNotice();
  const viewer = useViewer();
  const system = readFragment(SystemOption, content.system);
  const [keptUnder] = useState(
    `jiyun.request.${viewer.id}.${content.id}.head.${content.version}${kept ? `.${kept.id}.${kept.version}` : ''}`,
  );
  const start = () => (kept && parseHead(kept.form)) ?? headOfContent(content, system);
  const { draft, touched, setDraft, drop, forget } = useKeptDraft(keptUnder, start, parseHead);
  const [changedHead, setChangedHead] = useState(kept !== null || touched);
  const [pending, setPending] = useState(false);
  const [beside, setBeside] = useState({ id: content.id, version: content.version });
  const isOnServer = useCallback(() => drop(), [drop]);
  const autosave = useAutosave(draft, touched, { kept, saved: beside, onKept: isOnServer });
  const { errors, refusals, refuse, changed, accept } = useFormErrors();
  const version = useRef(content.version);
  version.current = Math.max(version.current, content.version);
  const saving = useSend(UpdateHeadMutation, ({ outcome }) => {
    version.current = Math.max(version.current, outcome.request?.version ?? 0);
    return outcome.errors;
  });
  const sending = useAct('SEND_FOR_SIGN_OFF');

  const change = (patch: Partial<RequestDraft>) => {
    setDraft((now) => ({ ...now, ...patch }));
    setChangedHead(true);
    changed(...fieldsOfChange(patch));
  };
  /** @returns whether the draft says what the form says. */
  const save = async (): Promise<boolean> => {
    const wrong = validateHead(draft, t);
    const head = headInput(draft);
    if (wrong.length > 0 || !head) {
      refuse(wrong);
      return false;
    }
    if (!changedHead) return true;
    await autosave.hold();
    const refused = await saving.send({ id: content.id, expectedVersion: version.current, head });
    autosave.resume(refused.length === 0);
    if (refused.length > 0) {
      refuse(refused);
      return false;
    }
    // From here on each line has the mode that was chosen, and keeps it.
    setDraft((now) => ({ ...now, localMode: null, remoteMode: null }));
    forget();
    setBeside({ id: content.id, version: version.current });
    setChangedHead(false);
    accept();
    onChanged();
    return true;
  };
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (!(await save())) return;
    const refused = await sending.perform({ id: content.id, expectedVersion: version.current, opinion: null });
    if (refused.length > 0) return refuse(refused);
    notice(t('requestForm.done.send'));
    void navigate(routes.request(content.id));
  };
  const takeOther = () => {
    forget();
    window.location.reload();
  };

  return (
    <form className="jy-request-form" noValidate onSubmit={(event) => void send(event)}>
      <div className="jy-form">
        <ErrorSummary errors={errors} refusals={refusals} />
        <WhatForFields
          draft={draft}
          errors={errors}
          startAtPurpose={false}
          onChange={change}
          modes={<HeadModes value={draft} plan={content.plan} errors={errors} onChange={change} />}
        />
        <div className="jy-form-foot">
          <Button
            type="primary"
            htmlType="submit"
            loading={sending.busy || saving.busy}
            disabled={pending}
            aria-describedby={pending ? 'many-lines-pending' : undefined}
          >
            {t('request.action.SEND_FOR_SIGN_OFF')}
          </Button>
          <Button
            disabled={!changedHead || sending.busy}
            loading={saving.busy}
            onClick={() => void save().then((saved) => saved && notice(t('requestForm.done.save')))}
          >
            {t('requestForm.save')}
          </Button>
          <p className="jy-quiet-text" id="many-lines-pending">
            {t(pending ? 'manyLines.sendWaits' : 'requestForm.sendText')}
          </p>
          <AutosaveLine autosave={autosave} onOther={takeOther} />
        </div>
      </div>
      <ManyLinesPreview input={{ content: null, requestId: content.id }} of={`${content.id} ${content.version}`} />
      <div className="jy-form-whole">
        <ManyLines
          draft={{ id: content.id, version: content.version }}
          sets={content.lineSets}
          onChanged={onChanged}
          onPending={setPending}
        />
      </div>
    </form>
  );
}
