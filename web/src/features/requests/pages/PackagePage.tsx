import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { TextBox } from '../../../ui/forms/fields';
import { PageForm } from '../../../ui/forms/PageForm';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useSend } from '../../../ui/forms/use-send';
import { useNotice } from '../../../ui/notice';
import { PageHeader } from '../../../ui/PageHeader';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { beginPackage } from '../forms/begin-again';
import { LinesFields } from '../forms/LinesFields';
import { type Choices, fieldsOfLineChange, type LineInput, lineInput } from '../forms/line-draft';
import { emptyDraft, type RequestDraft } from '../forms/request-draft';
import { PackagePageQuery, PackageRow, SavePackageMutation } from '../packages.gql';
import { PackageContent, RequestChoices } from '../request-form.gql';

const NAME_LONGEST = 40;
const SUMMARY_LONGEST = 200;

/** A package as it is being edited: its lines in the form of a request, for a system that nobody has chosen yet. */
export function PackagePage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const [{ data, error }, ask] = useQuery({ query: PackagePageQuery, requestPolicy: 'network-only' });
  const back = <Link to={routes.packages()}>{t('package.title')}</Link>;
  if (!data)
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
    ) : (
      <LoadingState rows={10} />
    );
  const row = readFragment(PackageRow, data.requestPackages).find((one) => one.id === id) ?? null;
  if (id && !row) return <EmptyState title={t('package.gone')} action={back} />;
  return (
    <>
      <PageHeader title={t(id ? 'package.editOne' : 'package.new')} back={back}>
        {t('package.editLead')}
      </PageHeader>
      <PackageForm key={id ?? 'new'} row={row} choices={readFragment(RequestChoices, data)} />
    </>
  );
}

function PackageForm({ row, choices }: { row: ResultOf<typeof PackageRow> | null; choices: Choices }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const notice = useNotice();
  const content = row && readFragment(PackageContent, row.content);
  const [name, setName] = useState(content?.name ?? '');
  const [summary, setSummary] = useState(content?.summary ?? '');
  const [draft, setDraft] = useState<RequestDraft>(() =>
    content ? beginPackage(content, null, choices, t).draft : emptyDraft(choices),
  );
  const { errors, refusals, refuse, changed, accept } = useFormErrors();
  const { send, busy } = useSend(SavePackageMutation, (data) => data.outcome.errors);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const lines = draft.lines.map((line) => lineInput(line, draft, 'DUAL_ACTIVE', draft.lines));
    const open = lines.flatMap((line, number) =>
      line ? [] : [{ field: `lines.${number}.offerId`, message: t('package.lineOpen', { line: number + 1 }) }],
    );
    if (open.length > 0) return refuse(open);
    const refused = await send({
      id: row?.id ?? null,
      expectedVersion: row?.version ?? 0,
      name,
      summary,
      // A package names no center: whoever asks may.
      lines: lines.flatMap((line): LineInput[] => (line ? [{ ...line, centerId: null }] : [])),
    });
    if (refused.length > 0) return refuse(refused);
    notice(t('package.saved'));
    void navigate(routes.packages());
  };

  return (
    <PageForm
      errors={errors}
      refusals={refusals}
      busy={busy}
      submit={t('package.save')}
      onSubmit={submit}
      onCancel={() => void navigate(routes.packages())}
    >
      <section className="jy-panel">
        <TextBox
          field="name"
          label={t('package.name')}
          errors={errors}
          max={NAME_LONGEST}
          value={name}
          onChange={(value) => {
            setName(value);
            changed('name');
          }}
        />
        <TextBox
          field="summary"
          label={t('package.summary')}
          hint={t('package.summaryHint')}
          errors={errors}
          max={SUMMARY_LONGEST}
          value={summary}
          onChange={(value) => {
            setSummary(value);
            changed('summary');
          }}
        />
      </section>
      <LinesFields
        draft={draft}
        choices={choices}
        errors={errors}
        onChangeLine={(before, next, number) => {
          setDraft((now) => ({ ...now, lines: now.lines.map((line) => (line.key === next.key ? next : line)) }));
          changed(...fieldsOfLineChange(before, next, number));
        }}
        onChangeLines={(lines) => {
          setDraft((now) => ({ ...now, lines: lines(now.lines) }));
          accept();
        }}
      />
    </PageForm>
  );
}
