import { Button, Input, Radio } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import { submitsByKey } from '../../../lib/submits-by-key';
import type { UploadedFile } from '../../../lib/upload-file';
import { Dialog } from '../../../ui/Dialog';
import { FileField } from '../../../ui/files/FileField';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import { fieldId } from '../../../ui/forms/form-errors';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { Money } from '../../../ui/Money';
import { useNotice } from '../../../ui/notice';
import { type Act, requestActions } from '../request-actions';
import type { RequestActions } from '../requests.gql';
import { seatWords } from '../step-word';
import { thingsOf } from '../things';
import { useAct } from '../use-act';

/** The API's own limit of an opinion. */
const OPINION_LONGEST = 500;

type Seat = ResultOf<typeof RequestActions>['seatChoices'][number];
/** Acts that give a signature. */
const SIGNING: ReadonlySet<Act> = new Set(['SUBMIT', 'APPROVE', 'RETURN', 'REJECT']);

type Props = {
  act: Act;
  request: { id: string; code: string; version: number; monthlyCost: string | null } & Parameters<typeof thingsOf>[0];
  /** The step that is decided wants the opinion as a file. */
  needsFile?: boolean;
  /** Signatures that could be given; fewer than two = nothing to choose. */
  seats?: readonly Seat[];
  onClose: () => void;
  onDone: () => void;
};

/** One act with its opinion. It says what will happen; a refusal stays here, with what was written. */
export function ActDialog({ act, request, needsFile = false, seats = [], onClose, onDone }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { opinion: asks, weight } = requestActions[act];
  // Who signs says something: the usual word stands there, to be written over.
  const [opinion, setOpinion] = useState<string>(asks === 'agreed' ? t('request.opinionAgreed') : '');
  const [files, setFiles] = useState<UploadedFile[]>([]);
  const { errors, refusals, refuse, changed } = useFormErrors();
  const { perform, busy } = useAct(act);
  const asksFile = needsFile && act === 'APPROVE';
  const [seatId, setSeatId] = useState(seats[0]?.seatId);
  const asksSeat = seats.length > 1 && SIGNING.has(act);

  const send = async (event: FormEvent) => {
    event.preventDefault();
    const words = opinion.trim();
    if ((asks === 'required' || asks === 'agreed') && !words)
      return refuse([{ field: 'opinion', message: t('request.opinionMissing') }]);
    const [file] = files;
    if (asksFile && !file) return refuse([{ field: 'fileId', message: t('chain.fileMissing') }]);
    const refused = await perform({
      id: request.id,
      expectedVersion: request.version,
      opinion: words || null,
      ...(file ? { fileId: file.id } : {}),
      ...(asksSeat && seatId !== undefined ? { seatId } : {}),
    });
    if (refused.length > 0) return refuse(refused);
    notice(t(`request.done.${act}`, { code: request.code }));
    onDone();
  };

  return (
    <Dialog title={t('request.actTitle', { act: t(`request.action.${act}`), code: request.code })} onClose={onClose}>
      <form className="jy-form" noValidate onSubmit={(event) => void send(event)}>
        <ErrorSummary errors={errors} refusals={refusals} />
        <p>
          {t(`request.consequence.${act}`)}{' '}
          <span className="jy-quiet-text">
            {thingsOf(request, t)} · <Money fen={request.monthlyCost} /> {t('request.perMonth')}
          </span>
        </p>
        {asksSeat && (
          <fieldset className="jy-choice" id={fieldId('seatId')} tabIndex={-1}>
            <legend>{t('chain.seat')}</legend>
            <p className="jy-hint">{t('chain.seatHint')}</p>
            <Radio.Group
              value={seatId}
              onChange={(event) => {
                setSeatId(event.target.value as string);
                changed('seatId');
              }}
              options={seats.map((seat) => ({ value: seat.seatId, label: seatWords(seat, t) }))}
            />
          </fieldset>
        )}
        {asks !== 'none' && (
          <Field
            field="opinion"
            label={t('request.opinion')}
            hint={asks === 'required' ? t('request.opinionHint') : undefined}
            errors={errors}
            optional={asks === 'optional'}
          >
            {(control) => (
              <Input.TextArea
                {...control}
                autoFocus
                rows={4}
                onKeyDown={submitsByKey}
                maxLength={OPINION_LONGEST}
                showCount
                value={opinion}
                onChange={(event) => {
                  setOpinion(event.target.value);
                  changed('opinion');
                }}
              />
            )}
          </Field>
        )}
        {asksFile && (
          <Field field="fileId" label={t('chain.file')} hint={t('chain.fileHint')} errors={errors}>
            {(control) => (
              <FileField
                control={control}
                single
                files={files}
                onChange={(next) => {
                  setFiles(next);
                  changed('fileId');
                }}
              />
            )}
          </Field>
        )}
        <div className="jy-dialog-foot">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="primary" danger={weight === 'danger'} htmlType="submit" loading={busy}>
            {t(`request.action.${act}`)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
