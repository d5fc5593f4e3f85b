/** The mark: a frame of sixty degrees, its limb, and the index arm. */
export function SextantMark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true">
      <path className="mark-frame" d="M16 3L4 24M16 3L28 24" />
      <path className="mark-limb" d="M3 23.4A26 26 0 0 0 29 23.4" />
      <path
        className="mark-division"
        d="M6.5 25l-.9 3M11 26.4l-.5 3.1M16 26.9v3.1M21 26.4l.5 3.1M25.5 25l.9 3"
      />
      <path className="mark-arm" d="M16 3L20.2 28.5" />
      <circle className="mark-pivot" cx="16" cy="3.5" r="2" />
    </svg>
  );
}
