import { DownloadOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useMutation, useQuery } from 'urql';
import type { RequestLineKind } from '../../../graphql/enums';
import { failureOf } from '../../../graphql/failure';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { userErrorsOf } from '../../../graphql/user-errors';
import { routes } from '../../../lib/routes';
import { uploadFile } from '../../../lib/upload-file';
import { usePressKey } from '../../../lib/use-press-key';
import { FilePicker } from '../../../ui/files/FilePicker';
import { Choose } from '../../../ui/forms/Choose';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import { errorsOfPayload, type FormError } from '../../../ui/forms/form-errors';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { NewBatchPageQuery, StartBatchMutation } from '../batches.gql';
import { WaitingBatches } from '../components/WaitingBatches';
import { lineKinds } from '../forms/line-draft';
import type { ChosenSystem } from '../forms/request-draft';
import { SystemPicker } from '../forms/SystemPicker';
import { PURPOSE_LONGEST } from '../forms/validate-draft';
import { SystemOption } from '../request-form.gql';

/** Lines by table: which kind, its template, the file. What is wrong with it is mended on the next page. */
export function NewBatchPage() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const [systemId, requestId] = [params.get('system') ?? '', params.get('request') ?? ''];
  const [{ data, error }, ask] = useQuery({
    query: NewBatchPageQuery,
    variables: { systemId, ofSystem: systemId !== '', requestId, ofRequest: requestId !== '' },
  });
  const back = requestId ? (
    <Link to={routes.editRequest(requestId)}>{t('batch.backToDraft')}</Link>
  ) : (
    <Link to={routes.newRequest({ system: systemId || undefined })}>{t('requestStart.backToStart')}</Link>
  );
  return (
    <>
      <PageHeader title={t(requestId ? 'batch.newOf' : 'batch.new', { code: data?.request?.code })} back={back}>
        {t('batch.lead')}
      </PageHeader>
      {data ? (
        <>
          <WaitingBatches requestId={requestId || null} />
          <UploadForm
            requestId={requestId || null}
            system={data.system ? readFragment(SystemOption, data.system) : null}
            services={data.catalog.services}
          />
        </>
      ) : error ? (
        <FailureState failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
      ) : (
        <LoadingState rows={8} />
      )}
    </>
  );
}

type FormProps = {
  requestId: string | null;
  system: ChosenSystem | null;
  services: ResultOf<typeof NewBatchPageQuery>['catalog']['services'];
};

/** Of a table of several services. */
const ANY_SERVICE = 'any';

function UploadForm({ requestId, system: named, services }: FormProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [kind, setKind] = useState<RequestLineKind>('VM');
  const [system, setSystem] = useState(named);
  const [projectId, setProjectId] = useState<string | null>(() => onlyProject(named));
  const [purpose, setPurpose] = useState('');
  const [serviceId, setServiceId] = useState<string>(services[0]?.id ?? ANY_SERVICE);
  const service = kind === 'SERVICE' ? (services.find(({ id }) => id === serviceId) ?? null) : null;
  const [file, setFile] = useState<File | null>(null);
  const [busy, setBusy] = useState(false);
  const { errors, refusals, refuse, changed, accept } = useFormErrors();
  const [, start] = useMutation(StartBatchMutation);
  const press = usePressKey();

  const send = async (): Promise<FormError[]> => {
    if (!file) return [{ field: 'fileId', message: t('import.noFile') }];
    const sent = await uploadFile(file);
    if (!sent.file) return [{ field: 'fileId', message: sent.message ?? t('failure.offline') }];
    const target = requestId ? { requestId } : { systemId: system?.id, projectId, purpose };
    const input = { kind, fileId: sent.file.id, ...(service ? { serviceId: service.id } : {}), ...target };
    const result = await start({ input: { ...input, idempotencyKey: press.keyFor(input) } });
    press.answered();
    if (!result.data) {
      const failure = result.error && failureOf(result.error);
      return [{ field: '', message: failure && 'message' in failure ? failure.message : t('failure.offline') }];
    }
    const { lineBatch, errors: refused } = result.data.outcome;
    if (!lineBatch) return errorsOfPayload(userErrorsOf(refused));
    await navigate(routes.batch(lineBatch.id));
    return [];
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const missing: FormError[] = [];
    if (!requestId && !system) missing.push({ field: 'systemId', message: t('requestForm.systemMissing') });
    if (!requestId && !projectId) missing.push({ field: 'projectId', message: t('requestForm.projectMissing') });
    if (!requestId && !purpose.trim()) missing.push({ field: 'purpose', message: t('requestForm.purposeMissing') });
    if (!file) missing.push({ field: 'fileId', message: t('import.noFile') });
    if (missing.length > 0) return refuse(missing);
    setBusy(true);
    const refused = await send();
    setBusy(false);
    if (refused.length > 0) refuse(refused);
    else accept();
  };

  return (
    <form className="jy-import" noValidate onSubmit={(event) => void submit(event)}>
      <ErrorSummary errors={errors} refusals={refusals} />
      <Panel title={t('batch.step.kind')}>
        <fieldset className="jy-kinds" aria-label={t('batch.kind')}>
          {lineKinds.map((one) => (
            <label key={one} className="jy-kind" data-chosen={one === kind}>
              <input type="radio" name="kind" value={one} checked={one === kind} onChange={() => setKind(one)} />
              {t(`lineKind.${one}`)}
            </label>
          ))}
        </fieldset>
        {kind === 'SERVICE' && (
          <Field field="serviceId" label={t('batch.service')} hint={t('batch.serviceHint')} errors={errors}>
            {(control) => (
              <Choose
                {...control}
                className="jy-full"
                value={serviceId}
                onChange={(id: string) => {
                  setServiceId(id);
                  changed('serviceId');
                }}
                options={[
                  ...services.map(({ id, name, code }) => ({ value: id, label: `${name}（${code}）` })),
                  { value: ANY_SERVICE, label: t('batch.anyService') },
                ]}
              />
            )}
          </Field>
        )}
        <ul className="jy-downloads jy-lines-grid-template">
          <li>
            <a href={service ? routes.serviceTemplate(service.code) : routes.batchTemplate(kind)} download>
              <DownloadOutlined aria-hidden />{' '}
              {service
                ? t('batch.serviceTemplate', { service: service.name })
                : t('batch.template', { kind: t(`lineKind.${kind}`) })}
            </a>
          </li>
        </ul>
        <p className="jy-hint">{t('batch.templateHint')}</p>
      </Panel>
      {!requestId && (
        <Panel title={t('batch.step.whatFor')}>
          <Field field="systemId" label={t('request.system')} errors={errors}>
            {(control) => (
              <SystemPicker
                control={control}
                value={system}
                onChoose={(chosen) => {
                  setSystem(chosen);
                  setProjectId(onlyProject(chosen));
                  changed('systemId', 'projectId');
                }}
              />
            )}
          </Field>
          <Field field="projectId" label={t('request.project')} errors={errors}>
            {(control) => (
              <Choose
                {...control}
                className="jy-full"
                disabled={!system}
                placeholder={t('requestForm.projectPlaceholder')}
                notFoundContent={t('requestForm.projectNone')}
                value={projectId}
                onChange={(id: string) => {
                  setProjectId(id);
                  changed('projectId');
                }}
                options={system?.projects.map((project) => ({
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
                rows={2}
                maxLength={PURPOSE_LONGEST}
                value={purpose}
                onChange={(event) => {
                  setPurpose(event.target.value);
                  changed('purpose');
                }}
              />
            )}
          </Field>
        </Panel>
      )}
      <Panel title={t(requestId ? 'batch.step.fileOf' : 'batch.step.file')}>
        <div id="field-fileId" tabIndex={-1}>
          <FilePicker
            files={file ? [file] : []}
            onChange={([chosen]) => {
              setFile(chosen ?? null);
              changed('fileId');
            }}
            multiple={false}
            accept=".xlsx,.csv"
            hint={t('batch.fileHint')}
            problem={errors.find(({ field }) => field === 'fileId')?.message ?? null}
          />
        </div>
        <div className="jy-form-foot">
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('batch.start')}
          </Button>
          <p className="jy-quiet-text">{t('batch.startText')}</p>
        </div>
      </Panel>
    </form>
  );
}

/** A system with one project is paid by that. */
const onlyProject = (system: ChosenSystem | null): string | null =>
  system?.projects.length === 1 ? (system.projects[0]?.id ?? null) : null;
