import type { Stage } from '../api/types.ts';

const shown: Record<Stage, { shape: string; name: string; meaning: string }> = {
  Healthy: { shape: '●', name: 'Healthy', meaning: 'equity covers initial margin with room to spare' },
  Warning: {
    shape: '◆',
    name: 'Warning',
    meaning: 'trouble is near: only orders that lower risk where equity is below initial margin',
  },
  MarginCall: { shape: '▲', name: 'Margin call', meaning: 'a call with amount and deadline' },
  Deleverage: { shape: '▼', name: 'Deleverage', meaning: 'positions are reduced' },
  Auction: { shape: '■', name: 'Auction', meaning: 'the book is auctioned' },
  Backstop: { shape: '✖', name: 'Backstop', meaning: 'equity is negative: insurance fund, then backstop' },
};

/** A rung of the ladder: word, shape and colour, each enough by itself. */
export function StageBadge({ stage }: { stage: Stage }) {
  const own = shown[stage] ?? { shape: '?', name: String(stage), meaning: 'a stage that this page does not know' };
  return (
    <span className={`stage stage-${stage}`} title={own.meaning}>
      <span className="stage-shape" aria-hidden="true">
        {own.shape}
      </span>
      {own.name}
    </span>
  );
}

export function stageName(stage: Stage): string {
  return shown[stage]?.name ?? stage;
}

export function stageMeaning(stage: Stage): string {
  return shown[stage]?.meaning ?? '';
}
