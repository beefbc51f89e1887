import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useMutation, useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { userErrorsOf } from '../../../graphql/user-errors';
import { routes } from '../../../lib/routes';
import { usePressKey } from '../../../lib/use-press-key';
import { FilePicker } from '../../../ui/files/FilePicker';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { ColumnNotes } from '../components/ColumnNotes';
import { ImportKindChoice, ImportKindsQuery, StartImportMutation } from '../imports.gql';
import { sendFile } from '../send-file';

type Kind = ResultOf<typeof ImportKindChoice>;

/** What comes in, its template, its file. Everything after that is on the page of the run, which survives a reload. */
export function NewImportPage() {
  const { t } = useTranslation();
  const [{ data, error }, ask] = useQuery({ query: ImportKindsQuery });
  const [params, setParams] = useSearchParams();
  const list = <Link to={routes.imports()}>{t('import.title')}</Link>;
  if (!data)
    return error ? (
      <FailureState
        wholePage
        failure={failureOf(error)}
        onRetry={() => ask({ requestPolicy: 'network-only' })}
        home={list}
      />
    ) : (
      <LoadingState rows={8} />
    );
  const kinds = readFragment(ImportKindChoice, data.importKinds);
  const kind = kinds.find(({ name }) => name === params.get('kind')) ?? kinds[0];
  return (
    <>
      <PageHeader title={t('import.new')} back={list}>
        {t('import.newLead')}
      </PageHeader>
      {kind ? (
        <div className="jy-import">
          <Panel title={t('import.step.kind')}>
            <fieldset className="jy-kinds" aria-label={t('import.kind')}>
              {kinds.map(({ name, title }) => (
                <label key={name} className="jy-kind" data-chosen={name === kind.name}>
                  <input
                    type="radio"
                    name="kind"
                    value={name}
                    checked={name === kind.name}
                    onChange={() => setParams({ kind: name }, { replace: true })}
                  />
                  {title}
                </label>
              ))}
            </fieldset>
          </Panel>
          {/* Another kind is another form: what was picked for the one does not fit the other. */}
          <UploadForm key={kind.name} kind={kind} />
        </div>
      ) : (
        <EmptyState title={t('import.noKinds')}>{t('import.noKindsText')}</EmptyState>
      )}
    </>
  );
}

function UploadForm({ kind }: { kind: Kind }) {
  const { t } = useTranslation();
  const isTable = kind.source === 'TABLE';
  const { files, choose, problem, sent, busy, send } = useUpload(kind.name);
  return (
    <form onSubmit={(event) => void send(event)} noValidate>
      {isTable && (
        <Panel title={t('import.step.template')}>
          <ul className="jy-downloads">
            {kind.xlsxTemplateUrl && <Download to={kind.xlsxTemplateUrl}>{t('import.xlsxTemplate')}</Download>}
            {kind.csvTemplateUrl && <Download to={kind.csvTemplateUrl}>{t('import.csvTemplate')}</Download>}
          </ul>
          <ColumnNotes columns={kind.columns} />
        </Panel>
      )}
      <Panel title={t(isTable ? 'import.step.file' : 'import.step.files')}>
        <FilePicker
          files={files}
          onChange={choose}
          multiple={!isTable}
          accept={isTable ? '.xlsx,.csv' : '.yaml,.yml'}
          hint={t(isTable ? 'import.tableHint' : 'import.documentsHint')}
          problem={problem}
        />
        <div className="jy-form-foot">
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('import.start')}
          </Button>
          <p className="jy-quiet-text" role="status">
            {busy ? t('import.sending', { done: sent, total: files.length }) : t('import.startText')}
          </p>
        </div>
      </Panel>
    </form>
  );
}

function Download({ to, children }: { to: string; children: string }) {
  return (
    <li>
      <a href={to} download>
        <DownloadOutlined aria-hidden /> {children}
      </a>
    </li>
  );
}

/** Sends the files one after the other, then begins the run and goes to its page. */
function useUpload(kind: string) {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const [files, setFiles] = useState<readonly File[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const [sent, setSent] = useState(0);
  const [busy, setBusy] = useState(false);
  const [, start] = useMutation(StartImportMutation);
  const press = usePressKey();

  const sendAll = async (): Promise<string | null> => {
    const fileIds: string[] = [];
    for (const file of files) {
      const answer = await sendFile(file, i18n.language);
      if ('refused' in answer) return `${file.name}: ${answer.refused ?? t('failure.offline')}`;
      fileIds.push(answer.id);
      setSent(fileIds.length);
    }
    const input = { kind, fileIds };
    const result = await start({ input: { ...input, idempotencyKey: press.keyFor(input) } });
    press.answered();
    if (!result.data) {
      const failure = result.error && failureOf(result.error);
      return failure && 'message' in failure ? failure.message : t('failure.offline');
    }
    const { importRun, errors } = result.data.startImport;
    const [refusal] = userErrorsOf(errors);
    if (!importRun) return refusal?.message ?? t('failure.offline');
    await navigate(routes.importRun(importRun.id));
    return null;
  };

  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    if (files.length === 0) return setProblem(t('import.noFile'));
    setBusy(true);
    setSent(0);
    setProblem(await sendAll());
    setBusy(false);
  };

  const choose = (chosen: File[]): void => {
    setFiles(chosen);
    setProblem(null);
  };
  return { files, choose, problem, sent, busy, send };
}
