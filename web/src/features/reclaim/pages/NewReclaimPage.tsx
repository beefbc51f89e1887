import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import type { ResultOf } from '../../../graphql/tada';
import { machineSize } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { uniqueId } from '../../../lib/unique-id';
import type { UploadedFile } from '../../../lib/upload-file';
import { Facts } from '../../../ui/Facts';
import { FileField } from '../../../ui/files/FileField';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { Money } from '../../../ui/Money';
import { useNotice } from '../../../ui/notice';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { Time } from '../../../ui/Time';
import { type FigureDraft, FigureRows } from '../components/FigureRows';
import { OpenReclaimCaseMutation, ReclaimTargetQuery } from '../reclaim.gql';

type Target = ResultOf<typeof ReclaimTargetQuery>['resource'];

const EVIDENCE_LONGEST = 2_000;

/** 发起闲置回收: the evidence about one resource, sent to its department as notice. */
export function NewReclaimPage() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const id = params.get('resource') ?? '';
  const [{ data, error }, ask] = useQuery({ query: ReclaimTargetQuery, variables: { id } });
  const home = <Link to={routes.resources()}>{t('resource.list')}</Link>;
  if (!data)
    return error ? (
      <FailureState
        wholePage
        failure={failureOf(error)}
        onRetry={() => ask({ requestPolicy: 'network-only' })}
        home={home}
      />
    ) : (
      <LoadingState rows={8} />
    );
  return <ReclaimForm target={data.resource} />;
}

function ReclaimForm({ target }: { target: Target }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const notice = useNotice();
  const { errors, refusals, refuse, changed } = useFormErrors();
  const [evidence, setEvidence] = useState(target.use.idle?.text ?? '');
  const [figures, setFigures] = useState<FigureDraft[]>(() =>
    (target.use.idle?.figures ?? [{ label: '', value: '' }]).map((figure) => ({ ...figure, key: uniqueId() })),
  );
  const [files, setFiles] = useState<UploadedFile[]>([]);
  const { send, busy } = useOutcome(OpenReclaimCaseMutation);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!evidence.trim()) return refuse([{ field: 'evidence', message: t('reclaim.reasonMissing') }]);
    // A row that nobody began is no figure.
    const said = figures.filter(({ label, value }) => label.trim() || value.trim());
    const { data, errors: refused } = await send({
      resourceId: target.id,
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
      <PageHeader
        title={t('reclaim.newTitle', { name: target.name })}
        back={<Link to={routes.resource(target.id)}>{target.name}</Link>}
      >
        {t('reclaim.newLead')}
      </PageHeader>
      <form className="jy-form" noValidate onSubmit={(event) => void submit(event)}>
        <ErrorSummary errors={errors} refusals={refusals} />
        <Panel title={t('reclaim.resource')}>
          <Facts
            facts={[
              { label: t('resource.code'), value: <span className="jy-code">{target.code}</span> },
              { label: t('reclaim.department'), value: target.department.name },
              { label: t('request.system'), value: target.system.name },
              { label: t('resource.size'), value: machineSize(target.vcpu, target.memoryMib) },
              { label: t('request.monthlyCost'), value: <Money fen={target.monthlyCost} /> },
              { label: t('resource.deliveredAt'), value: <Time at={target.deliveredAt} exact /> },
            ]}
          />
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
