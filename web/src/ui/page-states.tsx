import {
  CloudServerOutlined,
  DisconnectOutlined,
  ExclamationCircleOutlined,
  LockOutlined,
  ReloadOutlined,
  SearchOutlined,
} from '@ant-design/icons';
import { Button } from 'antd';
import type { ComponentType, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../graphql/failure';

/** Shapes of what is coming, so that nothing jumps when it arrives. */
export function LoadingState({ rows = 6 }: { rows?: number }) {
  const { t } = useTranslation();
  return (
    <div className="jy-loading" role="status" aria-busy="true">
      <span className="jy-sr-only">{t('common.loading')}</span>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: grey bars without identity.
        <div key={row} className="jy-bone" style={{ width: `${94 - ((row * 17) % 40)}%` }} />
      ))}
    </div>
  );
}

type MessageProps = {
  icon: ComponentType<{ 'aria-hidden'?: boolean }>;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  /** It is the whole page, so its title is the page's heading. */
  wholePage?: boolean;
};

function Message({ icon: Icon, title, children, action, wholePage = false }: MessageProps) {
  const Heading = wholePage ? 'h1' : 'h2';
  return (
    <div className="jy-message">
      <span className="jy-message-icon">
        <Icon aria-hidden />
      </span>
      <Heading>{title}</Heading>
      {children && <div className="jy-message-text">{children}</div>}
      {action}
    </div>
  );
}

/** Nothing here yet: says what to do next. */
export function EmptyState({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <Message icon={CloudServerOutlined} title={title} action={action}>
      {children}
    </Message>
  );
}

/** Nothing matches: the way out is to widen the filter. */
export function NothingFound({ onClear }: { onClear: () => void }) {
  const { t } = useTranslation();
  return (
    <Message
      icon={SearchOutlined}
      title={t('filter.nothingFound')}
      action={<Button onClick={onClear}>{t('filter.clear')}</Button>}
    >
      {t('filter.nothingFoundText')}
    </Message>
  );
}

function TraceId({ id }: { id: string | null }) {
  const { t } = useTranslation();
  if (!id) return null;
  return (
    <p className="jy-quiet-text">
      {t('failure.trace')} <code>{id}</code>
    </p>
  );
}

type FailureProps = { failure: Failure; onRetry: () => void; home?: ReactNode; wholePage?: boolean };

/** A page without data: no permission (with whom to ask), not found, no connection, or an error with its trace id. */
export function FailureState({ failure, onRetry, home, wholePage }: FailureProps) {
  const { t } = useTranslation();
  const retry = (
    <Button icon={<ReloadOutlined aria-hidden />} onClick={onRetry}>
      {t('common.retry')}
    </Button>
  );
  switch (failure.kind) {
    case 'signed-out':
      return <LoadingState />;
    case 'offline':
      return (
        <Message wholePage={wholePage} icon={DisconnectOutlined} title={t('failure.offline')} action={retry}>
          {t('failure.offlineText')}
        </Message>
      );
    case 'forbidden':
      return (
        <Message wholePage={wholePage} icon={LockOutlined} title={t('failure.forbidden')} action={home}>
          <p>{t('failure.forbiddenText')}</p>
          <TraceId id={failure.traceId} />
        </Message>
      );
    case 'not-found':
      return (
        <Message wholePage={wholePage} icon={SearchOutlined} title={t('failure.notFound')} action={home}>
          <p>{t('failure.notFoundText')}</p>
          <TraceId id={failure.traceId} />
        </Message>
      );
    case 'error':
      return (
        <Message wholePage={wholePage} icon={ExclamationCircleOutlined} title={t('failure.error')} action={retry}>
          <p>{failure.message}</p>
          <TraceId id={failure.traceId} />
        </Message>
      );
  }
}
