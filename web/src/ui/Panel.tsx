import { type ReactNode, useId } from 'react';

type Props = { title: string; aside?: ReactNode; className?: string; children: ReactNode };

/** A titled part of a page. Never inside another one. */
export function Panel({ title, aside, className, children }: Props) {
  const id = useId();
  return (
    <section className={`jy-panel ${className ?? ''}`} aria-labelledby={id}>
      <div className="jy-panel-head">
        <h2 id={id}>{title}</h2>
        {aside && <div className="jy-panel-aside">{aside}</div>}
      </div>
      {children}
    </section>
  );
}
