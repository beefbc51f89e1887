import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import type { FormError } from '../../../ui/forms/form-errors';
import { useSend } from '../../../ui/forms/use-send';
import { useNotice } from '../../../ui/notice';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { Time } from '../../../ui/Time';
import { PackageRow, PackagesPageQuery, PublishPackageMutation, WithdrawPackageMutation } from '../packages.gql';
import { PackageContent } from '../request-form.gql';

/** What requests may begin with, for whoever keeps it: edited apart from what is offered, published version by version. */
export function PackagesPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [{ data, error }, ask] = useQuery({ query: PackagesPageQuery, requestPolicy: 'cache-and-network' });
  const create = (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => void navigate(routes.newPackage())}>
      {t('package.new')}
    </Button>
  );
  const packages = readFragment(PackageRow, data?.requestPackages ?? []);
  return (
    <>
      <PageHeader title={t('package.title')} actions={create}>
        {t('package.lead')}
      </PageHeader>
      {!data ? (
        error ? (
          <FailureState failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
        ) : (
          <LoadingState rows={8} />
        )
      ) : packages.length === 0 ? (
        <EmptyState title={t('package.none')} action={create}>
          {t('package.noneText')}
        </EmptyState>
      ) : (
        packages.map((row) => <PackagePanel key={row.id} row={row} />)
      )}
    </>
  );
}

function PackagePanel({ row }: { row: ResultOf<typeof PackageRow> }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const publish = useSend(PublishPackageMutation, (data) => data.outcome.errors);
  const withdraw = useSend(WithdrawPackageMutation, (data) => data.outcome.errors);
  const content = readFragment(PackageContent, row.content);
  if (!content) return null;
  const act = { id: row.id, expectedVersion: row.version };
  const done = (word: string) => (errors: readonly FormError[]) => notice(errors[0]?.message ?? word);
  return (
    <Panel
      title={content.name}
      aside={
        <span className="jy-quiet-text">
          {t(`package.state.${row.state}`)}
          {row.number !== null && ` · ${t('package.version', { number: row.number })}`}
        </span>
      }
    >
      <p>{content.summary}</p>
      <p className="jy-quiet-text">
        {content.lines.map((line) => `${t(`lineKind.${line.kind}`)} ${line.name} × ${count(line.count)}`).join(' · ')}
      </p>
      {row.publishedAt && (
        <p className="jy-quiet-text">
          {t('package.published', { by: row.publishedBy })} <Time at={row.publishedAt} />
        </p>
      )}
      <div className="jy-form-foot jy-package-acts">
        <Link to={routes.package(row.id)}>{t('package.edit')}</Link>
        <Button loading={publish.busy} onClick={() => void publish.send(act).then(done(t('package.didPublish')))}>
          {t('package.publish')}
        </Button>
        {row.state === 'PUBLISHED' && (
          <Button loading={withdraw.busy} onClick={() => void withdraw.send(act).then(done(t('package.didWithdraw')))}>
            {t('package.withdraw')}
          </Button>
        )}
      </div>
    </Panel>
  );
}
