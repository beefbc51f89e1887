import { Button, Checkbox } from 'antd';
import { type FormEvent, useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { userErrorsOf } from '../../../graphql/user-errors';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { useDebounced } from '../../../lib/use-debounced';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useSend } from '../../../ui/forms/use-send';
import { useNotice } from '../../../ui/notice';
import {
  type ManyLinesPreviewQuery,
  RepeatRequestMutation,
  type RequestContent,
  SystemOption,
} from '../request-form.gql';
import { useAct } from '../use-act';
import { HeadModes } from './HeadModes';
import { headAgain, headInput } from './head-draft';
import { ManyLinesPreview } from './ManyLinesPreview';
import { fieldsOfChange, type RequestDraft } from './request-draft';
import { validateHead } from './validate-draft';
import { WhatForFields } from './WhatForFields';

/** Typing rests this long before a thousand lines are reckoned again. */
const REST_MILLISECONDS = 800;

type Preview = ResultOf<typeof ManyLinesPreviewQuery>['previewRequest'];

/** 再次申请 of more lines than a form holds: its lines are taken on the server, what they are for stands here to be checked. */
export function ManyLinesAgain({ like }: { like: ResultOf<typeof RequestContent> }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const notice = useNotice();
  const [draft, setDraft] = useState(() =>
    headAgain(like, readFragment(SystemOption, like.system), exactTime(new Date().toISOString()).slice(0, 10)),
  );
  const [withoutRefused, setWithoutRefused] = useState(false);
  const [linesRefused, setLinesRefused] = useState(false);
  const { errors, refusals, refuse, changed } = useFormErrors();
  const made = useRef<{ id: string; version: number } | null>(null);
  const repeating = useSend(RepeatRequestMutation, ({ outcome }) => {
    made.current = outcome.request ?? null;
    return outcome.errors;
  });
  const sending = useAct('SEND_FOR_SIGN_OFF');
  const rested = useDebounced(draft, REST_MILLISECONDS);
  const input = useMemo(() => {
    const head = headInput(rested);
    return head && { content: null, requestId: null, like: { likeId: like.id, head } };
  }, [rested, like.id]);
  // What no longer can be asked for is told by the lines' own rules; a place that is short today is not such a refusal.
  const seen = useCallback((preview: Preview) => {
    const gone = userErrorsOf(preview.refusals.nodes).some(
      ({ __typename, path }) =>
        path.includes('lines') && (__typename === 'UnknownReference' || __typename === 'InvalidInput'),
    );
    setLinesRefused((before) => before || gone);
  }, []);

  const change = (patch: Partial<RequestDraft>) => {
    setDraft((now) => ({ ...now, ...patch }));
    changed(...fieldsOfChange(patch));
  };
  const finish = async (goal: 'save' | 'send') => {
    const wrong = validateHead(draft, t);
    const head = headInput(draft);
    if (wrong.length > 0 || !head) return refuse(wrong);
    if (!made.current) {
      const refused = await repeating.send({ likeId: like.id, head, withoutRefused });
      if (refused.length > 0) {
        setLinesRefused(refused.some(({ field }) => field.startsWith('lines.')));
        return refuse(refused);
      }
    }
    const draftMade = made.current as { id: string; version: number } | null;
    if (!draftMade) return;
    if (goal === 'send') {
      const refused = await sending.perform({ id: draftMade.id, expectedVersion: draftMade.version, opinion: null });
      // The draft is kept: what stands in the way is put right there.
      if (refused.length > 0) {
        notice(refused[0]?.message ?? '', 'reason');
        return void navigate(routes.editRequest(draftMade.id), { replace: true });
      }
    }
    notice(t(`requestForm.done.${goal}`));
    void navigate(goal === 'send' ? routes.request(draftMade.id) : routes.editRequest(draftMade.id));
  };
  const busy = repeating.busy || sending.busy;

  return (
    <form
      className="jy-request-form"
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void finish('send');
      }}
    >
      <div className="jy-form">
        <ErrorSummary errors={errors} refusals={refusals} />
        <WhatForFields
          draft={draft}
          errors={errors}
          startAtPurpose={false}
          onChange={change}
          modes={<HeadModes value={draft} plan={like.plan} errors={errors} onChange={change} />}
        />
        <section className="jy-panel" aria-labelledby="again-lines">
          <h2 id="again-lines">{t('request.lines')}</h2>
          <ul className="jy-again-sets">
            {like.lineSets.map(({ kind, serviceId, serviceName, lineCount }) => (
              <li key={`${kind} ${serviceId}`}>
                {serviceName ?? t(`lineKind.${kind}`)} ·{' '}
                <span className="jy-number">{t('request.lineCount', { lines: count(lineCount) })}</span>
              </li>
            ))}
          </ul>
          <p className="jy-hint">
            {t('again.manyLines', { lines: count(like.linePage.totalCount) })}{' '}
            <Link to={routes.request(like.id)}>{like.code}</Link>
          </p>
          {linesRefused && (
            <Checkbox checked={withoutRefused} onChange={({ target }) => setWithoutRefused(target.checked)}>
              {t('again.withoutRefused')}
            </Checkbox>
          )}
        </section>
        <div className="jy-form-foot">
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('request.action.SEND_FOR_SIGN_OFF')}
          </Button>
          <Button disabled={busy} onClick={() => void finish('save')}>
            {t('requestForm.save')}
          </Button>
          <p className="jy-quiet-text">{t('requestForm.sendText')}</p>
        </div>
      </div>
      <ManyLinesPreview input={input} of={JSON.stringify(input)} onPreview={seen} />
    </form>
  );
}
