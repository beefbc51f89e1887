import { type ReactNode, useId } from 'react';

type Props = {
  title: string;
  aside?: ReactNode;
  className?: string;
  /** By which another part of the page leads here. */
  anchor?: string;
  children: ReactNode;
};

/** A titled part of a page. Never inside another one. */
export function Panel({ title, aside, anchor, className, children }: Props) {
  const id = useId();
  return (
    <section id={anchor} className={`jy-panel ${className ?? ''}`} aria-labelledby={id}>
      <div className="jy-panel-head">
        <h2 id={id}>{title}</h2>
        {aside && <div className="jy-panel-aside">{aside}</div>}
      </div>
      {children}
    </section>
  );
}
