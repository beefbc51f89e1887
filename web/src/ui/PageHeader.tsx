import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';

type Props = { title: string; back?: ReactNode; state?: ReactNode; children?: ReactNode; actions?: ReactNode };

/** The head of each page: where one came from, what it is, and what can be done. It also names the browser's tab. */
export function PageHeader({ title, back, state, children, actions }: Props) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · ${t('shell.name')}`;
  }, [title, t]);
  return (
    <header className="jy-page-header">
      {back && <div className="jy-back">{back}</div>}
      <div className="jy-page-header-row">
        <h1>{title}</h1>
        {state}
        {actions && <div className="jy-page-actions">{actions}</div>}
      </div>
      {children && <p className="jy-page-lead">{children}</p>}
    </header>
  );
}
