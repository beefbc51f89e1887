import { Button } from 'antd';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';

type Props = {
  label: string;
  icon?: ReactNode;
  text?: ReactNode;
  badge?: number;
  children: (close: () => void) => ReactNode;
};

/** A button that opens a small panel under itself. A disclosure, not an ARIA menu: its content is ordinary buttons and text. */
export function MenuButton({ label, icon, text, badge = 0, children }: Props) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  const count = badge > 99 ? '99+' : String(badge);
  useEffect(() => {
    if (!open) return;
    const outside = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('focusin', outside);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('focusin', outside);
    };
  }, [open]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears Esc on its way up from the button and the panel.
    <div
      ref={root}
      className="jy-menu-button"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        setOpen(false);
        root.current?.querySelector('button')?.focus();
      }}
    >
      <Button
        type="text"
        // What is seen on it is part of its name: whoever speaks to the screen says what he sees.
        aria-label={badge > 0 ? `${count} ${label}` : label}
        title={label}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {icon}
        {text}
        {badge > 0 && <span className="jy-badge">{count}</span>}
      </Button>
      <div id={id} className="jy-menu-panel" hidden={!open}>
        {open && children(() => setOpen(false))}
      </div>
    </div>
  );
}
