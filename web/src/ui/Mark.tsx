/** The console's mark: three centers and their links. */
export function Mark({ size }: { size: number }) {
  return (
    <svg
      className="jy-product-mark"
      width={size}
      height={size}
      viewBox="0 0 32 32"
      aria-hidden="true"
      focusable="false"
    >
      <rect width="32" height="32" rx="6" fill="#0b57d0" />
      <g fill="none" stroke="#fff" strokeWidth="2">
        <rect x="6" y="7" width="8" height="8" rx="1.5" />
        <rect x="18" y="7" width="8" height="8" rx="1.5" />
        <rect x="12" y="19" width="8" height="7" rx="1.5" />
        <path d="M14 11h4M10 15v3l4 2M22 15v3l-4 2" />
      </g>
    </svg>
  );
}
