import { Button, Input } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { routes } from '../../../lib/routes';
import { uniqueId } from '../../../lib/unique-id';
import type { UploadedFile } from '../../../lib/upload-file';
import { type Fact, Facts } from '../../../ui/Facts';
import { FileField } from '../../../ui/files/FileField';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import type { FormError } from '../../../ui/forms/form-errors';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useNotice } from '../../../ui/notice';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { type FigureDraft, FigureRows } from './FigureRows';

const EVIDENCE_LONGEST = 2_000;

type Evidence = { evidence: string; figures: { label: string; value: string }[]; fileIds: string[] };
type Sent =
  | { data: { outcome: { case: { id: string; code: string } | null } }; errors: [] }
  | { data: null; errors: FormError[] };

type Props = {
  name: string;
  /** To what it is about. */
  back: ReactNode;
  facts: Fact[];
  /** What is known already; the person adds to it. */
  known: { text: string; figures: readonly { label: string; value: string }[] } | null;
  busy: boolean;
  send: (evidence: Evidence) => Promise<Sent>;
};

/** The evidence of a case that a person opens: what was seen, measured figures, files. */
export function EvidenceForm({ name, back, facts, known, busy, send }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const notice = useNotice();
  const { errors, refusals, refuse, changed } = useFormErrors();
  const [evidence, setEvidence] = useState(known?.text ?? '');
  const [figures, setFigures] = useState<FigureDraft[]>(() =>
    (known?.figures ?? [{ label: '', value: '' }]).map((figure) => ({ ...figure, key: uniqueId() })),
  );
  const [files, setFiles] = useState<UploadedFile[]>([]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!evidence.trim()) return refuse([{ field: 'evidence', message: t('reclaim.reasonMissing') }]);
    // A row that nobody began is no figure.
    const said = figures.filter(({ label, value }) => label.trim() || value.trim());
    const { data, errors: refused } = await send({
      evidence: evidence.trim(),
      figures: said.map(({ label, value }) => ({ label: label.trim(), value: value.trim() })),
      fileIds: files.map((file) => file.id),
    });
    if (!data) return refuse(refused);
    const opened = data.outcome.case;
    notice(t('reclaim.opened', { code: opened?.code ?? '' }));
    void navigate(opened ? routes.reclaimCase(opened.id) : routes.reclaimCases());
  };

  return (
    <>
      <PageHeader title={t('reclaim.newTitle', { name })} back={back}>
        {t('reclaim.newLead')}
      </PageHeader>
      <form className="jy-form" noValidate onSubmit={(event) => void submit(event)}>
        <ErrorSummary errors={errors} refusals={refusals} />
        <Panel title={t('reclaim.resource')}>
          <Facts facts={facts} />
        </Panel>
        <Panel title={t('reclaim.evidence')}>
          <Field field="evidence" label={t('reclaim.evidence')} hint={t('reclaim.evidenceHint')} errors={errors}>
            {(control) => (
              <Input.TextArea
                {...control}
                rows={5}
                maxLength={EVIDENCE_LONGEST}
                showCount
                value={evidence}
                onChange={(event) => {
                  setEvidence(event.target.value);
                  changed('evidence');
                }}
              />
            )}
          </Field>
          <FigureRows figures={figures} errors={errors} onChange={setFigures} />
          <Field field="fileIds" label={t('reclaim.files')} hint={t('reclaim.filesHint')} errors={errors} optional>
            {(control) => <FileField control={control} files={files} onChange={setFiles} />}
          </Field>
        </Panel>
        <div className="jy-form-foot">
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('reclaim.send')}
          </Button>
        </div>
      </form>
    </>
  );
}
