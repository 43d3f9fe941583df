/** The mark of the house: a roof over a wave. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" className="mark-ground" />
      <path d="M4 21c3 0 3-3 6-3s3 3 6 3 3-3 6-3 3 3 6 3" className="mark-wave" />
      <path d="M9 14l7-7 7 7" className="mark-roof" />
    </svg>
  );
}
