type Level = 'good' | 'doubtful' | 'bad';

const known: Record<string, { shape: string; name: string; level: Level; meaning: string }> = {
  Normal: { shape: '●', name: 'Normal', level: 'good', meaning: 'anything may be done' },
  ReduceOnly: { shape: '◆', name: 'Reduce only', level: 'doubtful', meaning: 'only what lowers risk' },
  Halted: {
    shape: '■',
    name: 'Halted',
    level: 'bad',
    meaning: 'only what lowers risk, and nothing can be margined anew',
  },
  Fresh: { shape: '●', name: 'Fresh', level: 'good', meaning: 'enough young quotes: the fit is used as it is' },
  Degraded: {
    shape: '◆',
    name: 'Degraded',
    level: 'doubtful',
    meaning: 'few or older quotes, or a quality gate failed',
  },
  Stale: { shape: '▲', name: 'Stale', level: 'doubtful', meaning: 'old quotes: the last good surface, raised' },
  Replaying: { shape: '●', name: 'Replaying', level: 'good', meaning: 'recorded time passes' },
  Live: { shape: '●', name: 'Live', level: 'good', meaning: 'messages arrive' },
  Ended: { shape: '▲', name: 'Ended', level: 'doubtful', meaning: 'recorded time has ended: nothing new is seen' },
};

/** A market mode, the state of a surface or of a feed: word, shape and colour. */
export function ModeBadge({ mode }: { mode: string | null }) {
  const own = (mode === null ? undefined : known[mode]) ?? {
    shape: '▲',
    name: mode ?? 'None',
    level: 'doubtful' as Level,
    meaning: 'not one of the usual states',
  };
  return (
    <span className={`mode mode-${own.level}`} title={own.meaning}>
      <span className="stage-shape" aria-hidden="true">
        {own.shape}
      </span>
      {own.name}
    </span>
  );
}

export function modeMeaning(mode: string | null): string {
  return (mode === null ? undefined : known[mode])?.meaning ?? 'not one of the usual states';
}
