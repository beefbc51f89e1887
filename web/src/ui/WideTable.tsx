import type { ReactNode } from 'react';

/** A table that may be wider than the page: it scrolls by itself, by the arrow keys too, so that nothing is out of reach. */
export function WideTable({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard (WCAG 2.1.1).
    <section className="jy-plain-scroll" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
