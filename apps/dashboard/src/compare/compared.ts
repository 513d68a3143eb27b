import type { IndicatorComparison, KnowledgeComparison, Records } from './comparison-api.js';

/** What a comparison comes to, in a few numbers. */
export type Found = {
  /** Indicators of which a figure differs. */
  readonly indicators: number;
  readonly added: number;
  readonly revised: number;
  readonly gone: number;
  /** Changes whose sign turned, in figures that both positions tell. */
  readonly flips: number;
};

const turned = ({ headline, figures }: IndicatorComparison): boolean =>
  headline?.changes?.previous.flips === true ||
  headline?.changes?.year.flips === true ||
  figures.some(
    ({ fate, flips, changes }) =>
      fate === 'revised' && (flips || changes.previous.flips || changes.year.flips),
  );

export const foundIn = (indicators: readonly IndicatorComparison[]): Found => {
  const all = indicators.flatMap(({ figures }) => figures);
  const number = (fate: string): number => all.filter((figure) => figure.fate === fate).length;
  return {
    indicators: indicators.filter(({ figures }) => figures.length > 0).length,
    added: number('new'),
    revised: number('revised'),
    gone: number('gone'),
    flips: indicators.filter(turned).length,
  };
};

/** Records of all agencies and contracts that came in between. */
export const recordsIn = ({ deliveries }: KnowledgeComparison): Records =>
  deliveries.reduce<Records>(
    (sum, one) => ({
      onTime: sum.onTime + one.onTime,
      late: sum.late + one.late,
      corrections: sum.corrections + one.corrections,
      withdrawals: sum.withdrawals + one.withdrawals,
    }),
    { onTime: 0, late: 0, corrections: 0, withdrawals: 0 },
  );
